package ahti.net;

import java.util.function.LongSupplier;

/**
 * The file handles that peers may still take: all that are free but a reserve for our own files. Counting them costs a walk
 * through a directory of the system, so while many are free it is done now and then.
 *
 * <p>Used by the streams of many connections, hence the lock.
 */
public final class Handles {
    /** Of what is free, this part is given out before it is counted again. */
    private static final int PART = 4;

    private final LongSupplier free;
    private final int reserve;
    private long uncounted;

    /**
     * Peers leave {@code reserve} of those that are {@code free}.
     *
     * @param free how many the process could still open
     */
    public Handles(LongSupplier free, int reserve) {
        this.free = free;
        this.reserve = reserve;
    }

    /** Whether a connection may be opened now; if so, it is. */
    synchronized boolean take() {
        if (uncounted == 0) {
            long left = free.getAsLong() - reserve;
            uncounted = left <= 0 ? 0 : Math.max(1, left / PART);
        }
        if (uncounted == 0) {
            return false;
        }
        uncounted--;
        return true;
    }
}
