package ahti.core;

/**
 * Neighbouring pieces.
 *
 * @param first the first of them
 * @param count how many; 0 means none
 */
public record PieceRange(int first, int count) {
    public PieceRange {
        if (first < 0 || count < 0 || first > Integer.MAX_VALUE - count) {
            throw new IllegalArgumentException("no such pieces: " + count + " from " + first);
        }
    }

    /** The piece after the last. */
    public int end() {
        return first + count;
    }

    /** Whether a piece is one of them. */
    public boolean contains(int piece) {
        return piece >= first && piece < end();
    }
}
