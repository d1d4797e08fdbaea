package ahti.core;

import java.util.Arrays;

/** What a piece must hash to: 20 bytes of SHA-1 (v1). Immutable. */
public final class PieceHash {

    /** Bytes of a v1 hash. */
    public static final int SHA1_LENGTH = 20;

    private final byte[] bytes;

    /** The hash made of these 20 bytes, which are copied. */
    public PieceHash(byte[] sha1) {
        if (sha1.length != SHA1_LENGTH) {
            throw new IllegalArgumentException("a piece hash has 20 bytes, not " + sha1.length);
        }
        this.bytes = sha1.clone();
    }

    /** Whether a digest is this hash. */
    public boolean matches(byte[] digest) {
        return Arrays.equals(bytes, digest);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PieceHash that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return Hex.of(bytes);
    }
}
