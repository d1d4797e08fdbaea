package ahti.wire;

/**
 * The extensions that a handshake offers in its eight reserved bytes (BEP 4). Bits of others are neither sent nor looked at.
 *
 * @param fast Have All, Reject and the like (BEP 6)
 * @param extended the extension protocol (BEP 10)
 * @param dht a node of the DHT, and its port (BEP 5)
 */
public record Capabilities(boolean fast, boolean extended, boolean dht) {
    /** Plain BEP 3. */
    public static final Capabilities NONE = new Capabilities(false, false, false);

    private static final int LENGTH = 8;
    private static final int FAST = 0x04;
    private static final int EXTENDED = 0x10;
    private static final int DHT = 0x01;

    /** Reads the reserved bytes. */
    static Capabilities of(byte[] reserved) {
        return new Capabilities((reserved[7] & FAST) != 0, (reserved[5] & EXTENDED) != 0, (reserved[7] & DHT) != 0);
    }

    /** The reserved bytes that say this. */
    byte[] toReserved() {
        byte[] reserved = new byte[LENGTH];
        reserved[5] |= (byte) (extended ? EXTENDED : 0);
        reserved[7] |= (byte) ((fast ? FAST : 0) | (dht ? DHT : 0));
        return reserved;
    }

    /** What both ends offer: only that may be used. */
    public Capabilities and(Capabilities other) {
        return new Capabilities(fast && other.fast, extended && other.extended, dht && other.dht);
    }
}
