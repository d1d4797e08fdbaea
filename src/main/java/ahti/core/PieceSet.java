package ahti.core;

/** A set of piece indexes that its one owner changes; what travels in messages is its {@linkplain #toBitfield snapshot}. */
public final class PieceSet {
    private final int size;
    private final long[] words;
    private int count;

    /** An empty set of {@code size} possible pieces. */
    public PieceSet(int size) {
        this(size, 0, new long[(size + 63) / 64]);
    }

    private PieceSet(int size, int count, long[] words) {
        this.size = size;
        this.count = count;
        this.words = words;
    }

    /** Takes the words as they are: the caller must not touch them again. */
    static PieceSet owning(int size, int count, long[] words) {
        return new PieceSet(size, count, words);
    }

    /** How many pieces the torrent has. */
    public int size() {
        return size;
    }

    /** How many are in the set. */
    public int count() {
        return count;
    }

    /** Whether all are. */
    public boolean isFull() {
        return count == size;
    }

    /** Whether a piece is in the set. */
    public boolean contains(int piece) {
        check(piece);
        return (words[piece >> 6] & (1L << piece)) != 0;
    }

    /** Adds a piece; false when it was there already. */
    public boolean add(int piece) {
        if (contains(piece)) {
            return false;
        }
        words[piece >> 6] |= 1L << piece;
        count++;
        return true;
    }

    /** Takes a piece out; false when it was not there. */
    public boolean remove(int piece) {
        if (!contains(piece)) {
            return false;
        }
        words[piece >> 6] &= ~(1L << piece);
        count--;
        return true;
    }

    /** The first piece at or after {@code from} that is in the set, or -1. */
    public int nextSet(int from) {
        return next(from, 0L);
    }

    /** The first piece at or after {@code from} that is not in the set, or -1. */
    public int nextClear(int from) {
        int found = next(from, -1L);
        return found < size ? found : -1;
    }

    /** How many pieces are in both sets, which are of one size. */
    public int countCommon(PieceSet other) {
        int common = 0;
        for (int index = 0; index < words.length; index++) {
            common += Long.bitCount(words[index] & other.words[index]);
        }
        return common;
    }

    /** The first piece at or after {@code from} that is in both sets, which are of one size, or -1. */
    public int nextCommon(PieceSet other, int from) {
        if (from >= size) {
            return -1;
        }
        int index = from >> 6;
        long word = words[index] & other.words[index] & (-1L << from);
        while (word == 0) {
            if (++index == words.length) {
                return -1;
            }
            word = words[index] & other.words[index];
        }
        return (index << 6) + Long.numberOfTrailingZeros(word);
    }

    private int next(int from, long flip) {
        int index = from >> 6;
        if (from >= size) {
            return -1;
        }
        long word = (words[index] ^ flip) & (-1L << from);
        while (word == 0) {
            if (++index == words.length) {
                return -1;
            }
            word = words[index] ^ flip;
        }
        return (index << 6) + Long.numberOfTrailingZeros(word);
    }

    /** What is in the set now, as a value. */
    public Bitfield toBitfield() {
        return Bitfield.owning(size, count, words.clone());
    }

    private void check(int piece) {
        if (piece < 0 || piece >= size) {
            throw new IndexOutOfBoundsException("piece " + piece + " of " + size);
        }
    }
}
