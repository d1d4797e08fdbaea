package ahti.core;

/**
 * How fast bytes may flow at most.
 *
 * @param down bytes per second that come in; 0 for no limit
 * @param up bytes per second that go out; 0 for no limit
 */
public record RateLimits(long down, long up) {
    /** As fast as they can. */
    public static final RateLimits NONE = new RateLimits(0, 0);

    public RateLimits {
        if (down < 0 || up < 0) {
            throw new IllegalArgumentException("a rate is not negative: " + down + " down, " + up + " up");
        }
    }

    /** The same, but so many bytes per second may come in; 0 for no limit. */
    public RateLimits down(long bytesPerSecond) {
        return new RateLimits(bytesPerSecond, up);
    }

    /** The same, but so many bytes per second may go out; 0 for no limit. */
    public RateLimits up(long bytesPerSecond) {
        return new RateLimits(down, bytesPerSecond);
    }
}
