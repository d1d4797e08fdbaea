package ahti.wire;

import ahti.core.Block;
import ahti.core.BlockRef;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.util.ByteString;

/**
 * Bytes to messages: keeps the incomplete frame at the end of one read for the next.
 *
 * <p>Blocks are slices of what was read, never copies. A length prefix is checked before anything waits for its bytes, so
 * a decoder holds one largest frame at most.
 */
public final class FrameDecoder {
    /** A frame that trickles in is copied together each time it has so many parts: keeps ropes short. */
    private static final int MOST_PARTS = 64;

    /**
     * A message of the extension protocol. The largest that anybody needs is a block of metadata and a few words, or the first
     * list of peers.
     */
    static final int MOST_EXTENDED = 64 * 1024;

    private static final int PREFIX = 4;

    /** A length prefix and an id. */
    private static final int HEAD = PREFIX + 1;

    private final int maxLength;
    private ByteString rest = ByteString.emptyByteString();
    private int parts;

    /**
     * A decoder for the frames of one torrent.
     *
     * @param maxLength the largest length prefix to accept, in bytes: see {@link #maxLength}
     */
    public FrameDecoder(int maxLength) {
        this.maxLength = maxLength;
    }

    /** The largest length prefix that a torrent of so many pieces needs: a message of an extension, or a bitfield. */
    public static int maxLength(int pieces) {
        return maxLength(pieces, MOST_EXTENDED);
    }

    /** The same, where other messages than a bitfield may have so many bytes. */
    public static int maxLength(int pieces, int message) {
        return Math.max(message, 1 + (pieces + 7) / 8);
    }

    /**
     * Takes what was read and gives every message that it completes, in order.
     *
     * @throws ProtocolException on the first broken rule; the connection is of no use after that
     */
    public List<PeerMessage> feed(ByteString read) throws ProtocolException {
        List<PeerMessage> messages = new ArrayList<>();
        int at = 0;
        if (!rest.isEmpty()) {
            at = missing(read);
            if (at > read.length()) {
                rest = join(read);
                return messages;
            }
            // All other frames lie in one piece.
            ByteString frame = rest.concat(read.take(at));
            messages.add(message(frame, 0, frame.length() - PREFIX));
            rest = ByteString.emptyByteString();
            parts = 0;
        }
        int available = read.length();
        while (available - at >= PREFIX) {
            int length = lengthAt(read, at);
            if (available - at - PREFIX < length) {
                break;
            }
            messages.add(message(read, at, length));
            at += PREFIX + length;
        }
        // Not a slice: it would keep all of the read in memory for a few bytes.
        rest = read.drop(at).compact();
        return messages;
    }

    /** How much of what was read the pending frame still needs, as far as known: more than there is, if it is not complete. */
    private int missing(ByteString read) throws ProtocolException {
        ByteString prefix = rest.length() < PREFIX ? rest.concat(read.take(PREFIX - rest.length())) : rest;
        return PREFIX - rest.length() + (prefix.length() < PREFIX ? 0 : lengthAt(prefix, 0));
    }

    private ByteString join(ByteString read) {
        ByteString joined = rest.concat(read);
        if (++parts < MOST_PARTS) {
            return joined;
        }
        parts = 0;
        return joined.compact();
    }

    private int lengthAt(ByteString bytes, int at) throws ProtocolException {
        int length = intAt(bytes, at);
        if (length < 0 || length > maxLength) {
            throw new ProtocolException(new Violation.TooLong(Integer.toUnsignedLong(length), maxLength));
        }
        return length;
    }

    private static PeerMessage message(ByteString bytes, int frame, int length) throws ProtocolException {
        return length == 0 ? PeerMessage.KeepAlive.INSTANCE : decode(bytes, frame, length);
    }

    private static PeerMessage decode(ByteString bytes, int frame, int length) throws ProtocolException {
        byte id = bytes.apply(frame + PREFIX);
        int body = frame + HEAD;
        int bodyLength = length - 1;
        return switch (id) {
            case 0 -> signal(PeerMessage.Signal.CHOKE, bodyLength);
            case 1 -> signal(PeerMessage.Signal.UNCHOKE, bodyLength);
            case 2 -> signal(PeerMessage.Signal.INTERESTED, bodyLength);
            case 3 -> signal(PeerMessage.Signal.NOT_INTERESTED, bodyLength);
            case 14 -> possession(PeerMessage.Possession.HAVE_ALL, bodyLength);
            case 15 -> possession(PeerMessage.Possession.HAVE_NONE, bodyLength);
            case PeerMessage.Have.ID -> new PeerMessage.Have(piece(bytes, body, id, bodyLength));
            case PeerMessage.Suggest.ID -> new PeerMessage.Suggest(piece(bytes, body, id, bodyLength));
            case PeerMessage.AllowedFast.ID -> new PeerMessage.AllowedFast(piece(bytes, body, id, bodyLength));
            case PeerMessage.BitfieldBytes.ID -> new PeerMessage.BitfieldBytes(bytes.slice(body, body + bodyLength));
            case PeerMessage.Request.ID -> new PeerMessage.Request(named(bytes, body, id, bodyLength));
            case PeerMessage.Piece.ID -> {
                expect(bodyLength > 8, id, bodyLength);
                BlockRef ref = block(bytes, body, id, bodyLength - 8);
                yield new PeerMessage.Piece(new Block(ref, bytes.slice(body + 8, body + bodyLength)));
            }
            case PeerMessage.Cancel.ID -> new PeerMessage.Cancel(named(bytes, body, id, bodyLength));
            case PeerMessage.Reject.ID -> new PeerMessage.Reject(named(bytes, body, id, bodyLength));
            case PeerMessage.Port.ID -> {
                expect(bodyLength == 2, id, bodyLength);
                yield new PeerMessage.Port((bytes.apply(body) & 0xff) << 8 | (bytes.apply(body + 1) & 0xff));
            }
            case PeerMessage.Extended.ID -> {
                expect(bodyLength > 0, id, bodyLength);
                yield new PeerMessage.Extended(bytes.apply(body) & 0xff, bytes.slice(body + 1, body + bodyLength));
            }
            default -> new PeerMessage.Unknown(id, bodyLength);
        };
    }

    private static PeerMessage signal(PeerMessage.Signal signal, int bodyLength) throws ProtocolException {
        expect(bodyLength == 0, signal.id(), bodyLength);
        return signal;
    }

    private static PeerMessage possession(PeerMessage.Possession message, int bodyLength) throws ProtocolException {
        expect(bodyLength == 0, message.id(), bodyLength);
        return message;
    }

    private static int piece(ByteString bytes, int at, int id, int bodyLength) throws ProtocolException {
        expect(bodyLength == 4, id, bodyLength);
        return intAt(bytes, at);
    }

    private static BlockRef named(ByteString bytes, int at, int id, int bodyLength) throws ProtocolException {
        expect(bodyLength == 12, id, bodyLength);
        return block(bytes, at, id, intAt(bytes, at + 8));
    }

    private static BlockRef block(ByteString bytes, int at, int id, int length) throws ProtocolException {
        int piece = intAt(bytes, at);
        int offset = intAt(bytes, at + 4);
        if (piece < 0 || offset < 0 || length < 1 || length > BlockRef.MAX_LENGTH) {
            throw new ProtocolException(new Violation.NoSuchBlock(id, piece, offset, length));
        }
        return new BlockRef(piece, offset, length);
    }

    private static void expect(boolean lawful, int id, int bodyLength) throws ProtocolException {
        if (!lawful) {
            throw new ProtocolException(new Violation.WrongLength(id, bodyLength));
        }
    }

    private static int intAt(ByteString bytes, int at) {
        return (bytes.apply(at) & 0xff) << 24
                | (bytes.apply(at + 1) & 0xff) << 16
                | (bytes.apply(at + 2) & 0xff) << 8
                | (bytes.apply(at + 3) & 0xff);
    }
}
