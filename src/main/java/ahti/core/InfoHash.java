package ahti.core;

import java.util.Arrays;

/**
 * The identity of a torrent: the SHA-1 (v1, BEP 3) or SHA-256 (v2, BEP 52) of the original bytes of its info dictionary.
 *
 * <p>Immutable; equal when version and bytes are. On the wire and to trackers both versions are 20 bytes: v2 is cut.
 */
public final class InfoHash implements Comparable<InfoHash> {

    /** Length on the wire, in bytes. */
    public static final int WIRE_LENGTH = 20;

    /** Which hash function made it. */
    public enum Version {
        /** SHA-1, 20 bytes. */
        V1(20),
        /** SHA-256, 32 bytes. */
        V2(32);

        private final int length;

        Version(int length) {
            this.length = length;
        }

        /** Bytes of a hash of this version. */
        public int length() {
            return length;
        }
    }

    private final Version version;
    private final byte[] bytes;

    private InfoHash(Version version, byte[] bytes) {
        if (bytes.length != version.length()) {
            throw new IllegalArgumentException(
                    "an info hash " + version + " has " + version.length() + " bytes, not " + bytes.length);
        }
        this.version = version;
        this.bytes = bytes.clone();
    }

    /** A v1 hash of 20 bytes. */
    public static InfoHash v1(byte[] sha1) {
        return new InfoHash(Version.V1, sha1);
    }

    /** A v2 hash of 32 bytes. */
    public static InfoHash v2(byte[] sha256) {
        return new InfoHash(Version.V2, sha256);
    }

    /** Reads 40 (v1) or 64 (v2) hexadecimal digits. */
    public static InfoHash parse(String hex) {
        byte[] bytes = Hex.parse(hex);
        return bytes.length == Version.V2.length() ? v2(bytes) : v1(bytes);
    }

    /** Which hash function made it. */
    public Version version() {
        return version;
    }

    /** A copy of the 20 bytes used in handshakes and announces (BEP 52: v2 is truncated). */
    public byte[] wireBytes() {
        return Arrays.copyOf(bytes, WIRE_LENGTH);
    }

    /** All digits, lower case. */
    public String hex() {
        return Hex.of(bytes);
    }

    @Override
    public int compareTo(InfoHash other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InfoHash that && version == that.version && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
