package ahti.testkit.disk;

import java.time.Duration;

/**
 * What an operation costs: the latency, and its bytes by the bandwidth.
 *
 * @param latency of every operation
 * @param bytesPerSecond up to 8 GiB; 0 means that bytes cost nothing
 */
public record DiskSpeed(Duration latency, long bytesPerSecond) {
    /** Everything happens at once. */
    public static final DiskSpeed INSTANT = new DiskSpeed(Duration.ZERO, 0);

    /** A disk that turns: 8 ms to get to a place, 150 MB/s from there on. */
    public static final DiskSpeed TURNING = new DiskSpeed(Duration.ofMillis(8), 150_000_000);

    /** Flash: 100 µs, 500 MB/s. */
    public static final DiskSpeed FLASH = new DiskSpeed(Duration.ofNanos(100_000), 500_000_000);

    private static final long NANOS = 1_000_000_000;
    private static final long MOST = 1L << 33;

    public DiskSpeed {
        if (latency.isNegative() || bytesPerSecond < 0 || bytesPerSecond > MOST) {
            throw new IllegalArgumentException("no such speed: " + latency + ", " + bytesPerSecond + " bytes/s");
        }
    }

    /** Nanoseconds, rounded down. */
    long cost(long bytes) {
        if (bytesPerSecond == 0) {
            return latency.toNanos();
        }
        long seconds = bytes / bytesPerSecond;
        long rest = bytes % bytesPerSecond;
        return latency.toNanos() + seconds * NANOS + rest * NANOS / bytesPerSecond;
    }
}
