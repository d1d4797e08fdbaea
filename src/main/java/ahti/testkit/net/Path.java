package ahti.testkit.net;

import java.time.Duration;

/**
 * What the way from one host to another does to what travels on it; the same in both directions.
 *
 * @param latency one way
 * @param jitter added at most, by lot; what belongs to one connection stays in order
 * @param loss share of segments that get lost. TCP sends them again: the connection stalls meanwhile
 * @param datagramLoss share of datagrams that get lost for good
 * @param datagramCopies share of datagrams that arrive twice
 * @param disorder added at most to a datagram, by lot: one that is sent later may arrive earlier
 */
public record Path(
        Duration latency, Duration jitter, double loss, double datagramLoss, double datagramCopies, Duration disorder) {

    /** A perfect way of no length. */
    public static final Path NONE = new Path(Duration.ZERO, Duration.ZERO, 0, 0, 0, Duration.ZERO);

    public Path {
        if (latency.isNegative() || jitter.isNegative() || disorder.isNegative()) {
            throw new IllegalArgumentException("no such delay: " + latency + ", " + jitter + ", " + disorder);
        }
        if (!isShare(loss) || !isShare(datagramLoss) || !isShare(datagramCopies)) {
            throw new IllegalArgumentException(
                    "no such share below one: " + loss + ", " + datagramLoss + ", " + datagramCopies);
        }
    }

    private static boolean isShare(double share) {
        return share >= 0 && share < 1;
    }

    /** A perfect way of this length. */
    public static Path of(Duration latency) {
        return NONE.withLatency(latency);
    }

    public Path withLatency(Duration oneWay) {
        return new Path(oneWay, jitter, loss, datagramLoss, datagramCopies, disorder);
    }

    public Path withJitter(Duration most) {
        return new Path(latency, most, loss, datagramLoss, datagramCopies, disorder);
    }

    /** Of segments and of datagrams. */
    public Path withLoss(double share) {
        return new Path(latency, jitter, share, share, datagramCopies, disorder);
    }

    public Path withDatagrams(double lost, double copied, Duration outOfOrder) {
        return new Path(latency, jitter, loss, lost, copied, outOfOrder);
    }
}
