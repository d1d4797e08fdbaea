package ahti.testkit.tracker;

import ahti.core.InfoHash;
import ahti.core.PeerId;
import java.net.InetSocketAddress;

/**
 * One announce as a tracker hears it, whatever carried it.
 *
 * @param peer where the client says that it listens; its address is the one that the announce came from
 * @param uploaded bytes
 * @param downloaded bytes
 * @param left bytes; 0 for a seed
 * @param event {@code started}, {@code completed}, {@code stopped}, or empty for a regular announce
 * @param wanted peers asked for; negative when the client leaves it to the tracker
 * @param compact whether peers may be given as bare addresses (BEP 23)
 */
public record HeardAnnounce(
        InfoHash infoHash,
        PeerId peerId,
        InetSocketAddress peer,
        long uploaded,
        long downloaded,
        long left,
        String event,
        int wanted,
        boolean compact) {

    /** Bytes left of a client that does not say. */
    static final long UNKNOWN_LEFT = 1;

    boolean isSeed() {
        return left == 0;
    }

    boolean isStopped() {
        return event.equals("stopped");
    }

    boolean isCompleted() {
        return event.equals("completed");
    }
}
