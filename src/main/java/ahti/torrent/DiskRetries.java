package ahti.torrent;

import java.time.Duration;

/**
 * Decides when a disk that failed is tried again. A try is cheap, so it comes soon, every time; going on is not, for what is
 * stored is checked first: when the disk fails again right after, the next try comes later.
 */
final class DiskRetries {
    private final Duration first;
    private final Duration most;
    private Duration pause;
    private long wentOnAt;

    /**
     * @param first the pause before each try
     * @param most what it may grow to
     */
    DiskRetries(Duration first, Duration most) {
        this.first = first;
        this.most = most;
        this.pause = first;
    }

    /** The disk failed: how long to wait before it is tried, each time. */
    Duration failed(long nowNanos) {
        Duration now = nowNanos - wentOnAt >= most.toNanos() ? first : pause;
        pause = now.multipliedBy(2).compareTo(most) < 0 ? now.multipliedBy(2) : most;
        return now;
    }

    /** The disk would do, and the torrent goes on. */
    void goesOn(long nowNanos) {
        wentOnAt = nowNanos;
    }

    /** It does indeed. */
    void stored() {
        pause = first;
    }
}
