package ahti.core;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The 20 bytes by which a peer names itself in handshakes and announces (BEP 3, BEP 20).
 *
 * <p>Immutable; untrusted when it is somebody else's: {@link #toString} never contains control characters.
 */
public final class PeerId implements Comparable<PeerId> {

    /** Length in bytes. */
    public static final int LENGTH = 20;

    /** What every peer id of ours begins with (BEP 20, Azureus style): client AH, version 0.1.0.0. */
    public static final String PREFIX = "-AH0100-";

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private final byte[] bytes;

    private PeerId(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a peer id has 20 bytes, not " + bytes.length);
        }
        this.bytes = bytes.clone();
    }

    /** The id made of these 20 bytes. */
    public static PeerId of(byte[] bytes) {
        return new PeerId(bytes);
    }

    /** A new id of our own: {@link #PREFIX} and 12 random letters and digits. */
    public static PeerId random(RandomGenerator random) {
        StringBuilder id = new StringBuilder(PREFIX);
        while (id.length() < LENGTH) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new PeerId(id.toString().getBytes(StandardCharsets.US_ASCII));
    }

    /** A copy of the 20 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public int compareTo(PeerId other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PeerId that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Printable ASCII as it is, everything else as a dot. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(LENGTH);
        for (byte b : bytes) {
            text.append(b > 0x20 && b < 0x7f ? (char) b : '.');
        }
        return text.toString();
    }
}
