package ahti.core;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The original bytes of an info dictionary: what its hash is of, and what peers hand to each other (BEP 9). Immutable. */
public final class InfoBytes {
    /** Peers hand them out in blocks of so many bytes; the last may be shorter. */
    public static final int BLOCK = 16 * 1024;

    private final byte[] bytes;

    /** What is left in the buffer, which is copied. */
    public InfoBytes(ByteBuffer from) {
        this.bytes = new byte[from.remaining()];
        from.duplicate().get(bytes);
    }

    /** How many there are. */
    public int length() {
        return bytes.length;
    }

    /** A copy of those from {@code from} to the one before {@code to}. */
    public byte[] slice(int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    /** A copy of all. */
    public byte[] toArray() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InfoBytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "info dictionary of " + bytes.length + " bytes";
    }
}
