package ahti.testkit.record.replay;

import ahti.core.BlockRef;
import ahti.wire.FrameDecoder;
import ahti.wire.Handshake;
import ahti.wire.PeerMessage;
import ahti.wire.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.util.ByteString;

/** One direction of a connection in words. */
final class Talk {
    private final FrameDecoder decoder;
    private ByteString opening = ByteString.emptyByteString();
    private boolean open;
    private boolean lost;

    Talk(int pieces) {
        this.decoder = new FrameDecoder(FrameDecoder.maxLength(pieces));
    }

    /** What these bytes complete: a line for each run of messages of one kind. */
    List<String> hear(ByteString bytes) {
        if (lost) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        ByteString frames = bytes;
        if (!open) {
            opening = opening.concat(bytes);
            if (opening.length() < Handshake.LENGTH) {
                return lines;
            }
            open = true;
            Handshake.peerId(opening).ifPresent(id -> lines.add("handshake " + id));
            frames = opening.drop(Handshake.LENGTH);
            opening = ByteString.emptyByteString();
        }
        try {
            group(decoder.feed(frames), lines);
        } catch (ProtocolException e) {
            lost = true;
            lines.add("breaks a rule: " + e.getMessage());
        }
        return lines;
    }

    private static void group(List<PeerMessage> messages, List<String> lines) {
        for (int at = 0; at < messages.size(); ) {
            PeerMessage first = messages.get(at);
            int same = at + 1;
            while (same < messages.size() && isAlike(first, messages.get(same))) {
                same++;
            }
            int more = same - at - 1;
            lines.add(describe(first) + (more > 0 ? ", and " + more + " more" : ""));
            at = same;
        }
    }

    private static boolean isAlike(PeerMessage one, PeerMessage other) {
        return one.getClass().equals(other.getClass()) && (!(one instanceof Enum) || one.equals(other));
    }

    private static String describe(PeerMessage message) {
        if (message instanceof PeerMessage.Signal signal) {
            return signal.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        } else if (message instanceof PeerMessage.Possession possession) {
            return possession.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        } else if (message instanceof PeerMessage.Have have) {
            return "have " + have.piece();
        } else if (message instanceof PeerMessage.AllowedFast allowed) {
            return "allowed fast " + allowed.piece();
        } else if (message instanceof PeerMessage.Suggest suggest) {
            return "suggest " + suggest.piece();
        } else if (message instanceof PeerMessage.Reject reject) {
            return "reject " + block(reject.block());
        } else if (message instanceof PeerMessage.BitfieldBytes field) {
            return "bitfield of " + field.bytes().length() + " bytes";
        } else if (message instanceof PeerMessage.Request request) {
            return "request " + block(request.block());
        } else if (message instanceof PeerMessage.Cancel cancel) {
            return "cancel " + block(cancel.block());
        } else if (message instanceof PeerMessage.Piece piece) {
            return "piece " + block(piece.block().ref());
        } else if (message instanceof PeerMessage.Port port) {
            return "port " + port.port();
        } else if (message instanceof PeerMessage.Extended extended) {
            return "extension " + extended.extension() + " of "
                    + extended.body().length() + " bytes";
        } else if (message instanceof PeerMessage.Unknown unknown) {
            return "message " + unknown.id() + " of " + unknown.length() + " bytes";
        }
        return "keep-alive";
    }

    private static String block(BlockRef block) {
        return block.piece() + ":" + block.offset() + "+" + block.length();
    }
}
