package ahti.torrent;

import java.net.InetAddress;
import java.util.Optional;

/** What is remembered of an address that may be a peer's. */
final class Candidate {
    /** How often an address that a peer told of is dialled in vain, until it waits as long as any: perhaps nobody is there. */
    static final int TOLD_TRIES = 3;

    /** It is dialled or connected. */
    boolean busy;

    /** In a row. */
    int failures;

    /** It was a peer of use at least once. */
    boolean proven;

    /** Nanoseconds of the clock at which it was given up last, and until which it rests. */
    long restsSince;

    long notBefore = Long.MIN_VALUE;

    /** The peer that told of it; empty when anybody else did, or when it proved to be a peer. */
    Optional<InetAddress> toldBy = Optional.empty();

    /** It is not to blame for what failed, and may be dialled. */
    void forgive(long nowNanos) {
        failures = Math.min(failures, 1);
        notBefore = Math.min(notBefore, nowNanos);
    }

    boolean isToldAndDead() {
        return toldBy.isPresent() && !busy && failures >= TOLD_TRIES;
    }
}
