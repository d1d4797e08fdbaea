package ahti.testkit.record.payload;

import ahti.core.PieceLayout;
import ahti.wire.Handshake;
import java.nio.ByteBuffer;
import org.apache.pekko.util.ByteString;

/**
 * Knows, at each byte of one direction of a connection, whether it is the data of a block. That follows from the bytes before
 * it that are none, so whoever has only those can follow, too.
 *
 * <p>Whoever uses it asks {@link #data}: when that is 0, some {@link #plain} bytes follow, to be handed to {@link #feed};
 * otherwise so many bytes of data, to be passed by {@link #pass}.
 */
final class FrameScan {
    /** Length prefix, id, piece, offset. */
    private static final int PIECE_HEAD = 13;

    private static final byte PIECE = 7;

    /** Nothing that anybody accepts is longer. */
    private static final int LONGEST = 1 << 24;

    private final PieceLayout layout;
    private final ByteBuffer head = ByteBuffer.allocate(PIECE_HEAD);
    /** Bytes that are plain whatever they say: first the handshake, later the rest of a frame. */
    private long body = Handshake.LENGTH;

    private int wanted = 4;
    private int data;
    private int piece;
    private int offset;
    private long number;

    FrameScan(PieceLayout layout) {
        this.layout = layout;
    }

    /** Bytes of data that come next; 0: what comes next is plain. */
    int data() {
        return data;
    }

    /** How many plain bytes come next, at least. */
    int plain() {
        return body > 0 ? (int) Math.min(body, Integer.MAX_VALUE) : wanted - head.position();
    }

    /** Passes bytes of data. */
    void pass(int length) {
        data -= length;
        offset += length;
    }

    /** Passes as many plain bytes as {@link #plain} said, or fewer. True when the data of a block begins after them. */
    boolean feed(ByteString bytes) {
        if (body > 0) {
            body -= bytes.length();
            return false;
        }
        bytes.copyToBuffer(head);
        if (head.position() < wanted) {
            return false;
        }
        int length = head.getInt(0);
        if (length < 0 || length > LONGEST) {
            body = Long.MAX_VALUE;
        } else if (length == 0) {
            begin(0);
        } else if (wanted == 4) {
            wanted = 5;
        } else if (wanted == 5 && head.get(4) == PIECE && length > 9) {
            wanted = PIECE_HEAD;
        } else if (wanted == PIECE_HEAD && layout.contains(head.getInt(5), head.getInt(9), length - 9)) {
            piece = head.getInt(5);
            offset = head.getInt(9);
            data = length - 9;
            begin(0);
            return true;
        } else {
            begin(length + 4L - wanted);
        }
        return false;
    }

    private void begin(long rest) {
        body = rest;
        wanted = 4;
        head.clear();
    }

    /** The piece that the data is of. */
    int piece() {
        return piece;
    }

    /** Where in it the next byte of data is. */
    int offset() {
        return offset;
    }

    /** The number that was given to the block. */
    long number() {
        return number;
    }

    void number(long given) {
        number = given;
    }
}
