package ahti.peer;

import java.time.Duration;

/**
 * How long to leave a peer alone that invites us to ask and then refuses: it rejects what it let us ask for (BEP 6), or chokes
 * again before a single block came. A second, and twice as long each time until a block comes. Otherwise the two would talk
 * of nothing else, as fast as the line allows.
 */
final class Refusals {
    private static final long FIRST = Duration.ofSeconds(1).toNanos();
    private static final int LONGEST = 6;

    private int inARow;
    private long restsUntil = Long.MIN_VALUE;

    /** It refused. Several times in one pause are one. */
    void add(long nowNanos) {
        if (!isResting(nowNanos)) {
            restsUntil = nowNanos + (FIRST << inARow);
            inARow = Math.min(inARow + 1, LONGEST);
        }
    }

    /** A block came that it was asked for. */
    void forget() {
        inARow = 0;
    }

    boolean isResting(long nowNanos) {
        return nowNanos < restsUntil;
    }
}
