package ahti.core;

/**
 * How a torrent's bytes divide into pieces and blocks.
 *
 * <p>Every piece has {@code pieceLength} bytes but the last, which has the rest; every piece is requested in blocks of
 * {@link BlockRef#MAX_LENGTH} but its last, which has the rest. A torrent of no bytes has no pieces.
 *
 * @param totalLength bytes of all files together, padding included
 * @param pieceLength bytes of every piece but the last
 */
public record PieceLayout(long totalLength, int pieceLength) {
    public PieceLayout {
        if (totalLength < 0 || pieceLength < 1) {
            throw new IllegalArgumentException("no such layout: " + totalLength + " bytes by " + pieceLength);
        }
        if ((totalLength + pieceLength - 1) / pieceLength > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("too many pieces: " + totalLength + " bytes by " + pieceLength);
        }
    }

    /** How many pieces there are. */
    public int pieces() {
        return (int) ((totalLength + pieceLength - 1) / pieceLength);
    }

    /** Whether there is a piece of that index. */
    public boolean contains(int piece) {
        return piece >= 0 && piece < pieces();
    }

    /** Where a piece begins, in bytes from the start of the torrent. */
    public long offset(int piece) {
        return (long) check(piece) * pieceLength;
    }

    /** Bytes of a piece. */
    public int length(int piece) {
        return (int) Math.min(pieceLength, totalLength - offset(piece));
    }

    /** The pieces that hold the torrent's bytes from {@code from} to the one before {@code to}; none when there are none. */
    public PieceRange covering(long from, long to) {
        if (from < 0 || to < from || to > totalLength) {
            throw new IndexOutOfBoundsException("bytes " + from + " to " + to + " of " + totalLength);
        }
        int first = (int) (from / pieceLength);
        return new PieceRange(first, from == to ? 0 : (int) ((to - 1) / pieceLength) - first + 1);
    }

    /** Blocks of a piece. */
    public int blocks(int piece) {
        return (length(piece) + BlockRef.MAX_LENGTH - 1) / BlockRef.MAX_LENGTH;
    }

    /** One block of a piece, counted from 0. */
    public BlockRef block(int piece, int index) {
        int offset = index * BlockRef.MAX_LENGTH;
        return new BlockRef(piece, offset, Math.min(BlockRef.MAX_LENGTH, length(piece) - offset));
    }

    /** The index within its piece of the block that begins at {@code offset}. */
    public int blockIndex(int offset) {
        return offset / BlockRef.MAX_LENGTH;
    }

    /** Whether the piece exists and the run lies inside it. */
    public boolean contains(int piece, int offset, int length) {
        return contains(piece) && offset >= 0 && length > 0 && (long) offset + length <= length(piece);
    }

    /** Whether this is exactly one of the blocks that we ask for. */
    public boolean isBlock(BlockRef ref) {
        return contains(ref.piece(), ref.offset(), ref.length())
                && ref.offset() % BlockRef.MAX_LENGTH == 0
                && ref.equals(block(ref.piece(), blockIndex(ref.offset())));
    }

    private int check(int piece) {
        if (!contains(piece)) {
            throw new IndexOutOfBoundsException("piece " + piece + " of " + pieces());
        }
        return piece;
    }
}
