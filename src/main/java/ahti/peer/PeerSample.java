package ahti.peer;

/**
 * A connection at one moment: the four flags and the counters.
 *
 * @param have pieces the peer has
 * @param inFlight blocks the peer owes us
 * @param downloaded payload bytes received
 * @param uploaded payload bytes sent
 * @param downRate payload bytes per second, lately
 * @param upRate payload bytes per second, lately
 * @param waiting payload bytes that it asked for and that have not left
 * @param asking what else bears on whether blocks come
 */
public record PeerSample(
        boolean amChoking,
        boolean amInterested,
        boolean peerChoking,
        boolean peerInterested,
        int have,
        int inFlight,
        long downloaded,
        long uploaded,
        long downRate,
        long upRate,
        long waiting,
        Asking asking) {

    /**
     * What stands between us and the peer's blocks.
     *
     * @param window blocks that it may owe us at most; 0 while it chokes us
     * @param snubbed whether what we asked for timed out and nothing has come since
     * @param chokedSince when it began to choke us, by the connection's clock in nanoseconds; of no meaning while it does not
     * @param quietSince when the last block came, or it began to owe us something, whichever is later; by the same clock.
     *     What timed out and is asked for again is owed still
     */
    public record Asking(int window, boolean snubbed, long chokedSince, long quietSince) {
        /** How every connection begins. */
        public static final Asking BEGINNING = new Asking(0, false, 0, 0);
    }

    /** How every connection begins (BEP 3): choked and not interested, on both ends. */
    public static final PeerSample BEGINNING =
            new PeerSample(true, false, true, false, 0, 0, 0, 0, 0, 0, 0, Asking.BEGINNING);
}
