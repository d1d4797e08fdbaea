package ahti.limit;

import java.util.Arrays;

/**
 * Deals out an amount among those who want some of it: each gets what it wants or an equal part of what the modest leave
 * (max-min fairness).
 */
final class FairSplit {
    private final long level;
    private final long[] wants;

    private FairSplit(long level, long... wants) {
        this.level = level;
        this.wants = wants;
    }

    /** Splits {@code amount} among those who want so much each. */
    static FairSplit of(long amount, long... wants) {
        long[] modestFirst = wants.clone();
        Arrays.sort(modestFirst);
        long left = amount;
        for (int done = 0; done < modestFirst.length; done++) {
            long equal = left / (modestFirst.length - done);
            if (modestFirst[done] > equal) {
                return new FairSplit(equal, wants);
            }
            left -= modestFirst[done];
        }
        long most = modestFirst.length == 0 ? 0 : modestFirst[modestFirst.length - 1];
        return new FairSplit(most + left, wants);
    }

    /** What one of them could have got: the equal part, or, when everybody is satisfied, what is left over besides. */
    long level() {
        return level;
    }

    /** What that one gets. */
    long part(int index) {
        return Math.min(level, wants[index]);
    }
}
