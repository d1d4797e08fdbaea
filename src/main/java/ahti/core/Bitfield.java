package ahti.core;

import java.util.Arrays;

/**
 * Which pieces somebody has, as a message carries it: an immutable snapshot.
 *
 * <p>On the wire the high bit of the first byte is piece 0 and the spare bits at the end are zero (BEP 3). Full and empty
 * ones share no storage, so a swarm of seeds costs nothing.
 */
public final class Bitfield {
    private final int size;
    private final int count;
    /** Bit i of word i/64 is piece i; null when none or all are set. */
    private final long @org.jspecify.annotations.Nullable [] words;

    private Bitfield(int size, int count, long @org.jspecify.annotations.Nullable [] words) {
        this.size = size;
        this.count = count;
        this.words = words;
    }

    /** None of {@code size} pieces. */
    public static Bitfield none(int size) {
        return new Bitfield(size, 0, null);
    }

    /** All of {@code size} pieces. */
    public static Bitfield all(int size) {
        return new Bitfield(size, size, null);
    }

    /** Takes the words as they are: the caller must not touch them again. */
    static Bitfield owning(int size, int count, long[] words) {
        return new Bitfield(size, count, count == 0 || count == size ? null : words);
    }

    /** Whether {@code bytes} is a lawful wire form for so many pieces: right length, spare bits zero. */
    public static boolean isLawful(byte[] bytes, int size) {
        if (bytes.length != (size + 7) / 8) {
            return false;
        }
        int spare = bytes.length * 8 - size;
        return spare == 0 || (bytes[bytes.length - 1] & ((1 << spare) - 1)) == 0;
    }

    /**
     * Reads the wire form.
     *
     * @throws IllegalArgumentException when it is not {@linkplain #isLawful lawful}
     */
    public static Bitfield fromWire(byte[] bytes, int size) {
        if (!isLawful(bytes, size)) {
            throw new IllegalArgumentException("no bitfield of " + size + " pieces: " + bytes.length + " bytes");
        }
        long[] words = new long[(size + 63) / 64];
        int count = 0;
        for (int at = 0; at < bytes.length; at++) {
            int mirrored = Integer.reverse(bytes[at]) >>> 24;
            words[at >> 3] |= (long) mirrored << ((at & 7) << 3);
            count += Integer.bitCount(mirrored);
        }
        return owning(size, count, words);
    }

    /** The wire form, spare bits zero. */
    public byte[] toWire() {
        byte[] bytes = new byte[(size + 7) / 8];
        long[] all = toWords();
        for (int at = 0; at < bytes.length; at++) {
            bytes[at] = (byte) (Integer.reverse((int) (all[at >> 3] >>> ((at & 7) << 3))) >>> 24);
        }
        return bytes;
    }

    /** How many pieces the torrent has. */
    public int size() {
        return size;
    }

    /** How many of them are set. */
    public int count() {
        return count;
    }

    /** Whether all are set. */
    public boolean isFull() {
        return count == size;
    }

    /** Whether none is set. */
    public boolean isEmpty() {
        return count == 0;
    }

    /** Whether a piece is set. */
    public boolean get(int piece) {
        if (piece < 0 || piece >= size) {
            throw new IndexOutOfBoundsException("piece " + piece + " of " + size);
        }
        return words == null ? count != 0 : (words[piece >> 6] & (1L << piece)) != 0;
    }

    /** A set that can change, holding the same pieces. */
    public PieceSet toSet() {
        return PieceSet.owning(size, count, toWords());
    }

    /** A word for each 64 pieces, as {@link #words}, also when none or all are set; whoever asks may keep it. */
    private long[] toWords() {
        if (words != null) {
            return words.clone();
        }
        long[] all = new long[(size + 63) / 64];
        if (count > 0) {
            Arrays.fill(all, -1L);
            all[all.length - 1] >>>= -size;
        }
        return all;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bitfield that
                && size == that.size
                && count == that.count
                && Arrays.equals(words, that.words);
    }

    @Override
    public int hashCode() {
        return 31 * size + Arrays.hashCode(words) + count;
    }

    @Override
    public String toString() {
        return count + "/" + size + " pieces";
    }
}
