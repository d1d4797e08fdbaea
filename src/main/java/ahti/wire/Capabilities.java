package ahti.wire;

/**
 * The extensions that a handshake offers in its eight reserved bytes (BEP 4). Bits of others are neither sent nor looked at.
 *
 * @param fast Have All, Reject and the like (BEP 6)
 */
public record Capabilities(boolean fast) {
    /** Plain BEP 3. */
    public static final Capabilities NONE = new Capabilities(false);

    private static final int LENGTH = 8;
    private static final int FAST = 0x04;

    /** Reads the reserved bytes. */
    static Capabilities of(byte[] reserved) {
        return new Capabilities((reserved[7] & FAST) != 0);
    }

    /** The reserved bytes that say this. */
    byte[] toReserved() {
        byte[] reserved = new byte[LENGTH];
        reserved[7] |= (byte) (fast ? FAST : 0);
        return reserved;
    }

    /** What both ends offer: only that may be used. */
    public Capabilities and(Capabilities other) {
        return new Capabilities(fast && other.fast);
    }
}
