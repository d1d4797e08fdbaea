package ahti.peer;

import java.time.Duration;

/**
 * How long to leave a peer alone that rejects what it let us ask for (BEP 6): a second, and twice as long each time until a
 * block comes. Otherwise the two would talk of nothing else, as fast as the line allows.
 */
final class Rejections {
    private static final long FIRST = Duration.ofSeconds(1).toNanos();
    private static final int LONGEST = 6;

    private int inARow;
    private long restsUntil = Long.MIN_VALUE;

    /** It rejected something. Several in one pause are one. */
    void add(long nowNanos) {
        if (!isResting(nowNanos)) {
            restsUntil = nowNanos + (FIRST << inARow);
            inARow = Math.min(inARow + 1, LONGEST);
        }
    }

    /** A block came. */
    void forget() {
        inARow = 0;
    }

    boolean isResting(long nowNanos) {
        return nowNanos < restsUntil;
    }
}
