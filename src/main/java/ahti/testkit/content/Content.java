package ahti.testkit.content;

import ahti.core.PieceLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The bytes of a torrent, computed from a seed, the piece, and the offset in it; padding is zeros. Nothing is kept, so a
 * terabyte costs what a block costs.
 *
 * <p>Pieces may repeat: piece {@code p} then has the bytes of piece {@code p mod distinct}, which makes the hashes of a huge
 * torrent cheap. Otherwise no two pieces are alike.
 */
public final class Content {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private final long seed;
    private final PieceLayout pieces;
    private final int distinct;
    private final Ranges padding;

    /**
     * The content of a torrent.
     *
     * @param distinct how many pieces there are until they repeat; at least 1
     * @param padding bytes of the torrent that are zeros
     */
    Content(long seed, PieceLayout pieces, int distinct, Ranges padding) {
        if (distinct < 1) {
            throw new IllegalArgumentException("at least one piece must be distinct, not " + distinct);
        }
        this.seed = seed;
        this.pieces = pieces;
        this.distinct = distinct;
        this.padding = padding;
    }

    /** How many bytes there are. */
    public long length() {
        return pieces.totalLength();
    }

    /** Fills the buffer from the torrent's byte {@code offset} on; all of it must lie inside the torrent. */
    public void read(long offset, ByteBuffer into) {
        check(offset, into);
        int end = into.limit();
        ByteBuffer out = into.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        for (long at = offset; out.position() < end; ) {
            int length = stretch(at, end - out.position());
            out.limit(out.position() + length);
            if (padding.contains(at)) {
                fillZeros(out);
            } else {
                fill(key(at), (int) (at % pieces.pieceLength()), out);
            }
            at += length;
        }
        into.position(end);
    }

    /** Whether the buffer's bytes are those of the torrent from {@code offset} on. The buffer stays as it is. */
    public boolean matches(long offset, ByteBuffer bytes) {
        check(offset, bytes);
        int end = bytes.limit();
        ByteBuffer in = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        for (long at = offset; in.position() < end; ) {
            int length = stretch(at, end - in.position());
            in.limit(in.position() + length);
            boolean right =
                    padding.contains(at) ? areZeros(in) : areRight(key(at), (int) (at % pieces.pieceLength()), in);
            if (!right) {
                return false;
            }
            at += length;
        }
        return true;
    }

    /** Whole pieces of the same kind, without padding, have the same bytes. */
    int kind(int piece) {
        return piece % distinct;
    }

    /** Whether there are two pieces of the same kind. */
    boolean repeats() {
        return distinct < pieces.pieces();
    }

    private void check(long offset, ByteBuffer buffer) {
        if (offset < 0 || offset + buffer.remaining() > length()) {
            throw new IndexOutOfBoundsException(
                    "bytes " + offset + "+" + buffer.remaining() + " of a torrent of " + length());
        }
    }

    /** How many bytes from there on lie in the same piece and are, or are not, padding. */
    private int stretch(long at, int limit) {
        int pieceLength = pieces.pieceLength();
        long end = Math.min(at + limit, at - at % pieceLength + pieceLength);
        return (int) (padding.stretchEnd(at, end) - at);
    }

    private long key(long offset) {
        return mix(seed + GOLDEN * (1 + kind((int) (offset / pieces.pieceLength()))));
    }

    private static void fill(long key, int offset, ByteBuffer out) {
        int at = offset;
        while ((at & 7) != 0 && out.hasRemaining()) {
            out.put(byteAt(key, at++));
        }
        long word = key + GOLDEN * (at >>> 3);
        while (out.remaining() >= Long.BYTES) {
            out.putLong(mix(word));
            word += GOLDEN;
            at += Long.BYTES;
        }
        while (out.hasRemaining()) {
            out.put(byteAt(key, at++));
        }
    }

    private static boolean areRight(long key, int offset, ByteBuffer in) {
        int at = offset;
        while ((at & 7) != 0 && in.hasRemaining()) {
            if (in.get() != byteAt(key, at++)) {
                return false;
            }
        }
        long word = key + GOLDEN * (at >>> 3);
        while (in.remaining() >= Long.BYTES) {
            if (in.getLong() != mix(word)) {
                return false;
            }
            word += GOLDEN;
            at += Long.BYTES;
        }
        while (in.hasRemaining()) {
            if (in.get() != byteAt(key, at++)) {
                return false;
            }
        }
        return true;
    }

    private static byte byteAt(long key, int offset) {
        return (byte) (mix(key + GOLDEN * (offset >>> 3)) >>> (8 * (offset & 7)));
    }

    private static void fillZeros(ByteBuffer out) {
        while (out.hasRemaining()) {
            out.put((byte) 0);
        }
    }

    private static boolean areZeros(ByteBuffer in) {
        while (in.hasRemaining()) {
            if (in.get() != 0) {
                return false;
            }
        }
        return true;
    }

    /** The finisher of SplitMix64. */
    private static long mix(long word) {
        long mixed = (word ^ (word >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
