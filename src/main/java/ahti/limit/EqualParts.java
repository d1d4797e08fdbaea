package ahti.limit;

import ahti.core.BlockRef;

/**
 * How much of a whole each of many may have at the same time: an equal part. It changes only when their number passes a power of
 * two, so that not everybody hears of each who comes or goes.
 */
final class EqualParts {
    /** With less nobody could work: one block on its way, one being fetched. */
    static final long LEAST = 2L * BlockRef.MAX_LENGTH;

    private final long whole;
    private final long most;
    private long part;

    /** Of so much; a part is no more than {@code most}. */
    EqualParts(long whole, long most) {
        this.whole = whole;
        this.most = most;
        among(1);
    }

    /** From now on so many share; whether that changes their part. */
    boolean among(int sharers) {
        long before = part;
        long parts = Long.highestOneBit(2L * Math.max(1, sharers) - 1);
        part = Math.max(LEAST, Math.min(most, whole / parts));
        return part != before;
    }

    /** What each may have. */
    long part() {
        return part;
    }
}
