package ahti.peer;

import java.util.concurrent.TimeUnit;

/**
 * How many bytes may leave in one batch, about: many on a fast line, where each batch costs a few messages between actors; few on
 * a slow one, where words are to overtake the rest.
 */
final class BatchSize {
    static final int LEAST = 64 * 1024;
    static final int MOST = 256 * 1024;

    private static final long QUICK = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long SLOW = TimeUnit.MILLISECONDS.toNanos(50);

    private long lastTaken;
    private int bytes = LEAST;

    BatchSize(long nowNanos) {
        lastTaken = nowNanos;
    }

    /** The line took a batch; returns the size of the next. */
    int taken(long nowNanos) {
        long took = nowNanos - lastTaken;
        lastTaken = nowNanos;
        if (took <= QUICK) {
            bytes = Math.min(MOST, bytes * 2);
        } else if (took >= SLOW) {
            bytes = Math.max(LEAST, bytes / 2);
        }
        return bytes;
    }
}
