package ahti.peer;

import ahti.config.PeerConfig;
import ahti.core.BlockRef;
import ahti.core.RateMeter;
import java.time.Duration;

/**
 * How many blocks to have in flight to one peer, and how long to wait for them.
 *
 * <p>A peer that lets us ask, and whose rate is not known yet, starts with a few requests and gets one more with every block
 * that arrives, which doubles the window each round trip, until a second passes in which it has not become faster. From then
 * on the window is what the peer delivers in the configured horizon: whatever the delay of the line, it is hidden. Not more:
 * what waits at a slow peer is lost to others meanwhile, and holds up whatever it says. A peer that let its requests time
 * out is asked for one block at a time until it delivers.
 */
final class RequestWindow {
    private static final double STILL_GROWING = 1.1;
    private static final long NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

    /** What a peer keeps waiting that does not say ({@code reqq} of BEP 10). */
    private static final int ASSUMED_QUEUE = 250;

    private final PeerConfig config;
    /** Blocks that may be in flight at most. */
    private int ceiling;

    private final RateMeter meter;
    /** Counts from the moment since which the peer lets us ask: what came before a choke says little. */
    private RateMeter pace;

    private int length;
    private boolean growing = true;
    private boolean snubbed;
    /** Of {@link #pace}, when the last second began. */
    private long totalBefore;

    private long lastSecond;

    RequestWindow(PeerConfig config, long nowNanos) {
        this.config = config;
        this.meter = new RateMeter(nowNanos);
        this.pace = new RateMeter(nowNanos);
        this.ceiling = Math.min(config.requestsMax(), ASSUMED_QUEUE);
        this.length = Math.min(ceiling, config.requestsFirst());
    }

    /** The peer says how many requests it keeps waiting. */
    void limit(int queue) {
        ceiling = Math.max(1, Math.min(config.requestsMax(), queue));
        length = Math.min(ceiling, length);
    }

    /** Blocks that may be in flight. */
    int length() {
        return length;
    }

    /** Whether its requests timed out and nothing has come since. */
    boolean isSnubbed() {
        return snubbed;
    }

    /** Payload bytes per second, lately. */
    long rate(long nowNanos) {
        return meter.perSecond(nowNanos);
    }

    /** Payload bytes in all. */
    long total() {
        return meter.total();
    }

    /** The peer lets us ask from now on: how fast it is now is not known. */
    void unchoked(long nowNanos) {
        pace = new RateMeter(nowNanos);
        totalBefore = 0;
        lastSecond = 0;
        if (!snubbed) {
            growing = true;
            length = Math.min(ceiling, config.requestsFirst());
        }
    }

    /** Blocks arrived. */
    void arrived(int blocks, long bytes, long nowNanos) {
        meter.add(bytes, nowNanos);
        pace.add(bytes, nowNanos);
        snubbed = false;
        if (length < config.requestsMin()) {
            length = Math.min(ceiling, config.requestsMin());
        }
        if (growing) {
            length = Math.min(ceiling, length + blocks);
        }
    }

    /** A second has passed. */
    void tick(long nowNanos) {
        long thisSecond = pace.total() - totalBefore;
        if (growing && lastSecond > 0 && thisSecond < lastSecond * STILL_GROWING) {
            growing = false;
        }
        totalBefore = pace.total();
        lastSecond = thisSecond;
        if (!growing && length > 1) {
            double blocks = (double) pace.perSecond(nowNanos)
                    * config.requestHorizon().toNanos()
                    / NANOS_PER_SECOND
                    / BlockRef.MAX_LENGTH;
            length = (int) Math.min(ceiling, Math.max(config.requestsMin(), Math.ceil(blocks)));
        }
    }

    /** Its requests timed out: one at a time from now on, until it delivers. */
    void timedOut() {
        length = 1;
        snubbed = true;
        growing = false;
    }

    /**
     * How long to wait for any block while so many are owed: four times what they take at the peer's rate, within the
     * configured bounds.
     */
    long timeoutNanos(int owed, long nowNanos) {
        long rate = pace.perSecond(nowNanos);
        long least = config.requestTimeoutMin().toNanos();
        long most = config.requestTimeoutMax().toNanos();
        if (rate == 0) {
            return pace.total() == 0 ? most : least;
        }
        double expected = 4.0 * owed * BlockRef.MAX_LENGTH / rate * NANOS_PER_SECOND;
        return Math.max(least, (long) Math.min((double) most, expected));
    }
}
