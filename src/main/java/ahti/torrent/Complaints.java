package ahti.torrent;

import java.util.concurrent.TimeUnit;

/**
 * How many peers that were dropped are told of: a hundred at once, then ten a second. Whoever connects, breaks a rule and
 * connects again would otherwise fill every log and screen.
 */
final class Complaints {
    private static final int MOST = 100;
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

    /** When the allowance is full again. */
    private long fullAt;

    Complaints(long nowNanos) {
        this.fullAt = nowNanos;
    }

    /** Whether another one may be told of. */
    boolean may(long nowNanos) {
        long next = Math.max(fullAt, nowNanos) + PAUSE;
        if (next - nowNanos > MOST * PAUSE) {
            return false;
        }
        fullAt = next;
        return true;
    }
}
