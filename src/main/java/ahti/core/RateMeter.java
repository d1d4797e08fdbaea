package ahti.core;

import java.util.concurrent.TimeUnit;

/**
 * How fast bytes flow: the average over the last few whole seconds.
 *
 * <p>Time is handed in with every call, from one {@link MonotonicClock}. Cost and memory are constant.
 */
public final class RateMeter {
    private static final int SLOTS = 6;
    private static final long SLOT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long[] slots = new long[SLOTS];
    private final long begin;
    /** Number of the newest slot, counted from {@link #begin}. */
    private long newest;

    private long total;

    /** A meter that begins now. */
    public RateMeter(long nowNanos) {
        this.begin = nowNanos;
    }

    /** Counts bytes that moved now. */
    public void add(long bytes, long nowNanos) {
        advance(nowNanos);
        slots[(int) (newest % SLOTS)] += bytes;
        total += bytes;
    }

    /** Bytes since the beginning. */
    public long total() {
        return total;
    }

    /** Bytes per second over the last five seconds, or since the beginning when that is less. */
    public long perSecond(long nowNanos) {
        advance(nowNanos);
        long sum = 0;
        for (long slot : slots) {
            sum += slot;
        }
        long current = nowNanos - begin - newest * SLOT_NANOS;
        long window = Math.min(newest, SLOTS - 1) * SLOT_NANOS + current;
        return window < SLOT_NANOS / 4 ? sum * 4 : (long) (sum * (double) SLOT_NANOS / window);
    }

    private void advance(long nowNanos) {
        long now = Math.max(newest, (nowNanos - begin) / SLOT_NANOS);
        for (long slot = Math.max(newest + 1, now - SLOTS + 1); slot <= now; slot++) {
            slots[(int) (slot % SLOTS)] = 0;
        }
        newest = now;
    }
}
