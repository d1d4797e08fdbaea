package ahti.torrent;

import java.time.Duration;

/** When what is stored is to be forced and remembered. A pure decision. */
final class Checkpoints {
    private final long interval;
    private final long bytes;
    private long last;
    private long storedThen;

    /**
     * From a moment on.
     *
     * @param interval how long what is stored may be unsafe
     * @param bytes how much may be
     */
    Checkpoints(Duration interval, long bytes, long now) {
        this.interval = interval.toNanos();
        this.bytes = bytes;
        this.last = now;
    }

    /**
     * Whether it is time.
     *
     * @param now nanoseconds
     * @param stored bytes stored so far
     */
    boolean isDue(long now, long stored) {
        return stored - storedThen >= bytes || (stored > storedThen && now - last >= interval);
    }

    /** It happens now. */
    void happens(long now, long stored) {
        last = now;
        storedThen = stored;
    }
}
