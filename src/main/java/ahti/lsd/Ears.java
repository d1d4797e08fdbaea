package ahti.lsd;

import java.time.Duration;

/**
 * How much is listened to, whatever anybody shouts: so many datagrams a second, and so many peers of one torrent in an
 * interval. What is beyond is not even read.
 */
final class Ears {
    private static final double SECOND = Duration.ofSeconds(1).toNanos();

    private final int perSecond;
    private final int peers;
    private final long interval;
    private double left;
    private long filled;

    /** Peers of one torrent that may still be heard in this interval. */
    static final class Share {
        private long since;
        private int heard;

        Share(long now) {
            since = now;
        }
    }

    Ears(int perSecond, int peers, Duration interval, long now) {
        this.perSecond = perSecond;
        this.peers = peers;
        this.interval = interval.toNanos();
        this.left = perSecond;
        this.filled = now;
    }

    /** Whether another datagram may be read; if so it is counted. */
    boolean mayRead(long now) {
        left = Math.min(perSecond, left + perSecond * (now - filled) / SECOND);
        filled = now;
        if (left < 1) {
            return false;
        }
        left -= 1;
        return true;
    }

    /** Whether another peer of that torrent may be passed on; if so it is counted. */
    boolean mayHear(Share share, long now) {
        if (now - share.since >= interval) {
            share.since = now;
            share.heard = 0;
        }
        return ++share.heard <= peers;
    }
}
