package ahti.testkit.content;

import java.util.Arrays;

/**
 * A set of positions, 0 and above, that come in runs: two longs for each run, whatever its length.
 *
 * <p>The runs neither overlap nor touch. Their bounds stand in one sorted row, so a position is inside exactly when an odd
 * number of bounds is at or below it. A run is written {@code from} to {@code to}, the latter outside.
 */
public final class Ranges {
    private long[] bounds;
    private int size;
    private long total;

    /** An empty set. */
    public Ranges() {
        this(new long[4], 0, 0);
    }

    private Ranges(long[] bounds, int size, long total) {
        this.bounds = bounds;
        this.size = size;
        this.total = total;
    }

    /** A set of its own with the same positions. */
    public Ranges copy() {
        return new Ranges(Arrays.copyOf(bounds, Math.max(size, 4)), size, total);
    }

    /** How many positions are in the set. */
    public long total() {
        return total;
    }

    /** How many runs they come in. */
    public int runs() {
        return size / 2;
    }

    /** Puts a run in. */
    public void add(long from, long to) {
        if (from < to) {
            long added = to - from - count(from, to);
            splice(from, to, 0);
            total += added;
        }
    }

    /** Takes a run out. */
    public void remove(long from, long to) {
        if (from < to) {
            long removed = count(from, to);
            splice(from, to, 1);
            total -= removed;
        }
    }

    /** Replaces the bounds from {@code from} to {@code to} by these two, each where the outside of the run has that parity. */
    private void splice(long from, long to, int parity) {
        int first = boundsBelow(from);
        int end = boundsBelow(to + 1);
        boolean begins = first % 2 == parity;
        boolean ends = end % 2 == parity;
        int change = (begins ? 1 : 0) + (ends ? 1 : 0) - (end - first);
        if (size + change > bounds.length) {
            bounds = Arrays.copyOf(bounds, bounds.length * 2);
        }
        System.arraycopy(bounds, end, bounds, end + change, size - end);
        size += change;
        if (begins) {
            bounds[first] = from;
        }
        if (ends) {
            bounds[first + (begins ? 1 : 0)] = to;
        }
    }

    /** Whether a position is in the set. */
    public boolean contains(long position) {
        return boundsBelow(position + 1) % 2 == 1;
    }

    /** Whether every position of a run is in the set. */
    public boolean contains(long from, long to) {
        return from >= to || (contains(from) && stretchEnd(from, to) == to);
    }

    /** Where the stretch ends that begins at {@code from} and is inside, or outside, as a whole; {@code limit} at most. */
    public long stretchEnd(long from, long limit) {
        int next = boundsBelow(from + 1);
        return next < size ? Math.min(bounds[next], limit) : limit;
    }

    /** How many positions of a run are in the set. */
    public long count(long from, long to) {
        long count = 0;
        long at = from;
        int next = boundsBelow(from + 1);
        while (at < to) {
            long end = next < size ? Math.min(bounds[next], to) : to;
            if (next % 2 == 1) {
                count += end - at;
            }
            at = end;
            next++;
        }
        return count;
    }

    /** Where the run {@code from} to {@code to} must be cut off so that only so many of its positions are not in the set. */
    public long cutAfterMissing(long from, long to, long missing) {
        long left = missing;
        long at = from;
        while (at < to) {
            long end = stretchEnd(at, to);
            if (!contains(at)) {
                if (end - at > left) {
                    return at + left;
                }
                left -= end - at;
            }
            at = end;
        }
        return to;
    }

    /** How many bounds are below a position: their index as well. */
    private int boundsBelow(long position) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (bounds[middle] < position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < size; i += 2) {
            text.append(i == 0 ? "" : ", ").append(bounds[i]).append("..").append(bounds[i + 1]);
        }
        return text.append("]").toString();
    }
}
