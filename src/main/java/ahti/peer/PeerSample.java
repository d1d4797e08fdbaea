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
        long upRate) {

    /** How every connection begins (BEP 3): choked and not interested, on both ends. */
    public static final PeerSample BEGINNING = new PeerSample(true, false, true, false, 0, 0, 0, 0, 0, 0);
}
