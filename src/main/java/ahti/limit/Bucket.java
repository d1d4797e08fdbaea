package ahti.limit;

import java.time.Duration;

/**
 * Bytes that may flow: they come at the limited rate and are taken as they flow.
 *
 * <p>What nobody takes is kept for a moment only, for what was not used does not come back as a burst; but a block fits
 * always. Without a limit there is always enough. Time is handed in.
 */
final class Bucket {
    /** How long unused bytes are kept: survives timers that come late. */
    static final Duration KEPT = Duration.ofMillis(200);

    /** What is there when nothing is limited: more than anybody wants, and too little to overflow a sum. */
    private static final long PLENTY = Long.MAX_VALUE / 1_000_000;

    private static final double NANOS_PER_SECOND = 1e9;
    private static final long BLOCK = 16 * 1024;

    private long perSecond;
    private double bytes;
    private long at;

    /** From now on so many bytes per second; 0 for no limit. */
    void limit(long rate, long nowNanos) {
        perSecond = rate;
        bytes = 0;
        at = nowNanos;
    }

    boolean isLimited() {
        return perSecond > 0;
    }

    /** What may be taken now. */
    long available(long nowNanos) {
        if (!isLimited()) {
            return PLENTY;
        }
        double most = Math.max(perSecond * (KEPT.toNanos() / NANOS_PER_SECOND), BLOCK);
        bytes = Math.min(most, bytes + (nowNanos - at) / NANOS_PER_SECOND * perSecond);
        at = nowNanos;
        return (long) bytes;
    }

    /** Takes what {@link #available} said, or less. */
    void take(long taken) {
        bytes -= taken;
    }
}
