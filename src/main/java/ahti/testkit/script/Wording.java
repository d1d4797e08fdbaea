package ahti.testkit.script;

import ahti.core.Bitfield;
import ahti.core.InfoHash;
import ahti.core.PeerId;
import ahti.wire.PeerMessage;
import java.util.HexFormat;
import org.apache.pekko.util.ByteString;

/** Messages in a few words, for transcripts and failures. */
final class Wording {
    private static final int MOST_BYTES = 12;
    private static final int HASH_DIGITS = 8;

    private Wording() {}

    static String of(PeerMessage message, int pieces) {
        if (message instanceof PeerMessage.Signal signal) {
            return switch (signal) {
                case CHOKE -> "Choke";
                case UNCHOKE -> "Unchoke";
                case INTERESTED -> "Interested";
                case NOT_INTERESTED -> "NotInterested";
            };
        } else if (message instanceof PeerMessage.Possession possession) {
            return possession == PeerMessage.Possession.HAVE_ALL ? "HaveAll" : "HaveNone";
        } else if (message instanceof PeerMessage.NamesPiece names) {
            return of(names.getClass()) + " " + names.piece();
        } else if (message instanceof PeerMessage.BitfieldBytes bitfield) {
            return bitfield(bitfield.bytes().toArray(), pieces);
        } else if (message instanceof PeerMessage.NamesBlock names) {
            return of(names.getClass()) + " " + names.block();
        } else if (message instanceof PeerMessage.Piece piece) {
            return "Piece " + piece.block().ref();
        } else if (message instanceof PeerMessage.Port port) {
            return "Port " + port.port();
        } else if (message instanceof PeerMessage.Extended extended) {
            return "Extended " + extended.extension() + ", " + extended.body().length() + " bytes";
        } else if (message instanceof PeerMessage.Unknown unknown) {
            return "Unknown id " + unknown.id() + ", " + unknown.length() + " bytes";
        }
        return of(message.getClass());
    }

    static String of(Class<? extends PeerMessage> type) {
        return type == PeerMessage.BitfieldBytes.class ? "Bitfield" : type.getSimpleName();
    }

    static String handshake(PeerId peer, InfoHash torrent) {
        return "Handshake " + peer + " for " + torrent.hex().substring(0, HASH_DIGITS);
    }

    static String raw(ByteString bytes) {
        String hex = HexFormat.of().formatHex(bytes.take(MOST_BYTES).toArray());
        return bytes.size() + " bytes " + hex + (bytes.size() > MOST_BYTES ? "..." : "");
    }

    private static String bitfield(byte[] wire, int pieces) {
        return Bitfield.isLawful(wire, pieces)
                ? "Bitfield " + Bitfield.fromWire(wire, pieces).count() + " of " + pieces
                : "Bitfield of " + wire.length + " bytes, not lawful";
    }
}
