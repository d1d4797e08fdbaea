package ahti.core;

import java.util.Arrays;

/** The hashes of all pieces of a v1 torrent, in order, 20 bytes each. Immutable. */
public final class PieceHashes {
    private final byte[] bytes;

    /** Takes the info dictionary's {@code pieces}: a multiple of 20 bytes, which are copied. */
    public PieceHashes(byte[] pieces) {
        if (pieces.length % PieceHash.SHA1_LENGTH != 0) {
            throw new IllegalArgumentException("piece hashes of 20 bytes each do not fill " + pieces.length + " bytes");
        }
        this.bytes = pieces.clone();
    }

    /** How many there are. */
    public int size() {
        return bytes.length / PieceHash.SHA1_LENGTH;
    }

    /** The hash of one piece. */
    public PieceHash get(int piece) {
        int from = piece * PieceHash.SHA1_LENGTH;
        return new PieceHash(Arrays.copyOfRange(bytes, from, from + PieceHash.SHA1_LENGTH));
    }

    /** A copy of all hashes, as the info dictionary's {@code pieces} holds them. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PieceHashes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return size() + " piece hashes";
    }
}
