package ahti.torrent;

import java.time.Duration;

/**
 * Whether a torrent that had peers has none any more, and since when: perhaps they are gone, perhaps it is our own network.
 * While it lasts, some of those that were of use are dialled again and again, however often that failed. Time is handed in.
 */
final class Solitude {
    /** So many at once are looked for. */
    static final int MISSED_AT_ONCE = 8;

    /** Every so many plain pauses after a failed connection; half a minute, as configured. */
    private static final int PAUSES = 6;

    private final long pause;
    private boolean isAlone;
    private boolean silently;
    private long since;
    private long lookedAround;

    Solitude(Duration reconnectPause) {
        this.pause = reconnectPause.multipliedBy(PAUSES).toNanos();
    }

    /** The last one left. {@code silently}: it did not hang up, nothing came from it any more. */
    void begins(boolean silently, long nowNanos) {
        if (!isAlone) {
            isAlone = true;
            this.silently = silently;
            since = nowNanos;
            lookedAround = nowNanos;
        }
    }

    /** Somebody is there; true when nobody was for longer than a plain pause takes. */
    boolean ends(long nowNanos) {
        boolean wasLong = isAlone && nowNanos - since >= pause;
        isAlone = false;
        return wasLong;
    }

    /** Whether nobody is there, and nobody said goodbye. */
    boolean isSilence() {
        return isAlone && silently;
    }

    /** Whether it is time to look for somebody: then it is not for another while. */
    boolean looksAround(long nowNanos) {
        boolean isTime = isAlone && nowNanos - lookedAround >= pause;
        if (isTime) {
            lookedAround = nowNanos;
        }
        return isTime;
    }
}
