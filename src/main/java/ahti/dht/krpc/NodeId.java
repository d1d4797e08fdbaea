package ahti.dht.krpc;

import ahti.core.Hex;
import ahti.core.InfoHash;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/**
 * A place in the DHT: 160 bits. Nodes have one, and so has each info hash, which is kept by the nodes nearest to it.
 *
 * <p>How far two places are apart is the exclusive or of both, as a number without sign (BEP 5).
 *
 * @param high bits 0 to 63, bit 0 being the most significant
 * @param middle bits 64 to 127
 * @param low bits 128 to 159
 */
public record NodeId(long high, long middle, int low) {

    /** On the wire, in bytes. */
    public static final int LENGTH = 20;

    /** In bits. */
    public static final int BITS = 8 * LENGTH;

    /** Reads 20 bytes. */
    public static NodeId of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a node id has " + LENGTH + " bytes, not " + bytes.length);
        }
        return read(ByteBuffer.wrap(bytes));
    }

    /** Where an info hash is kept; of a v2 hash its first 20 bytes (BEP 52). */
    public static NodeId of(InfoHash infoHash) {
        return of(infoHash.wireBytes());
    }

    /** Takes the next 20 bytes. */
    static NodeId read(ByteBuffer in) {
        return new NodeId(in.getLong(), in.getLong(), in.getInt());
    }

    /** Any place, all equally likely. */
    public static NodeId random(RandomGenerator random) {
        return new NodeId(random.nextLong(), random.nextLong(), random.nextInt());
    }

    /** The 20 bytes. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(LENGTH)
                .putLong(high)
                .putLong(middle)
                .putInt(low)
                .array();
    }

    /** Negative when {@code one} is nearer to here than {@code other}, positive when it is farther, 0 when they are the same. */
    public int compareDistance(NodeId one, NodeId other) {
        int order = Long.compareUnsigned(one.high ^ high, other.high ^ high);
        if (order != 0) {
            return order;
        }
        order = Long.compareUnsigned(one.middle ^ middle, other.middle ^ middle);
        return order != 0 ? order : Integer.compareUnsigned(one.low ^ low, other.low ^ low);
    }

    /** How many leading bits both have in common: 160 when they are the same. */
    public int sharedPrefix(NodeId other) {
        if (high != other.high) {
            return Long.numberOfLeadingZeros(high ^ other.high);
        }
        if (middle != other.middle) {
            return Long.SIZE + Long.numberOfLeadingZeros(middle ^ other.middle);
        }
        return 2 * Long.SIZE + Integer.numberOfLeadingZeros(low ^ other.low);
    }

    /** Any place whose first {@code bits} bits are as here, and where the next one is not. */
    public NodeId beside(int bits, RandomGenerator random) {
        byte[] here = toBytes();
        byte[] there = random(random).toBytes();
        for (int bit = 0; bit <= bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            int wanted = (bit < bits ? here[bit / 8] : ~here[bit / 8]) & mask;
            there[bit / 8] = (byte) ((there[bit / 8] & ~mask) | wanted);
        }
        return of(there);
    }

    /** 40 hexadecimal digits. */
    @Override
    public String toString() {
        return Hex.of(toBytes());
    }
}
