package ahti.disk;

import java.util.function.LongConsumer;

/** Tells how many bytes are done, rarely enough for any listener; from any thread, one call at a time, never backwards. */
final class Progress {
    private static final int MOST_CALLS = 500;
    private static final long SMALLEST_STEP = 8L * 1024 * 1024;

    private final LongConsumer listener;
    private final long total;
    private final long step;
    private long done;
    private long told;

    Progress(long total, LongConsumer listener) {
        this.total = total;
        this.step = Math.max(SMALLEST_STEP, total / MOST_CALLS);
        this.listener = listener;
    }

    synchronized void add(long bytes) {
        done += bytes;
        if (done - told >= step || done == total) {
            told = done;
            listener.accept(done);
        }
    }
}
