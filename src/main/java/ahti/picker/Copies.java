package ahti.picker;

import java.util.Arrays;

/**
 * How many peers have each piece, with the pieces kept sorted by that number.
 *
 * <p>Peers that have everything are one number, the base; the others are counted piece by piece. One array holds all pieces, bucket
 * after bucket of equal copies; in a bucket the fresh pieces (the ones that may be opened) come first:
 *
 * <pre>
 *   order:  | fresh of 0 | busy of 0 | fresh of 1 | busy of 1 | ...
 *           ^ begin[0]   ^ busy[0]   ^ begin[1]   ^ busy[1]   ^ begin[2]
 * </pre>
 *
 * <p>A piece changes its bucket or its freshness by changing places with pieces at the borders: always a fixed number of
 * steps, however many pieces and peers there are.
 */
final class Copies {
    private final int[] copies;
    private final int[] order;
    /** Where in {@link #order} a piece is. */
    private final int[] position;

    private int[] begin;
    private int[] busy;
    /** Buckets in use: one more than the largest count of a piece. */
    private int buckets = 1;

    private int base;

    /** So many pieces that nobody has, none of them fresh. */
    Copies(int pieces) {
        copies = new int[pieces];
        order = new int[pieces];
        position = new int[pieces];
        for (int piece = 0; piece < pieces; piece++) {
            order[piece] = piece;
            position[piece] = piece;
        }
        begin = new int[] {0, pieces, pieces};
        busy = new int[] {0, pieces};
    }

    /** How many peers have a piece. */
    int of(int piece) {
        return base + copies[piece];
    }

    /** One more peer has everything, or one fewer. */
    void changeBase(int by) {
        base += by;
    }

    /** Whether some peer has everything. */
    boolean hasBase() {
        return base > 0;
    }

    /** One more peer has the piece. */
    void increment(int piece) {
        int from = copies[piece]++;
        int to = from + 1;
        if (to == buckets) {
            addBucket();
        }
        if (position[piece] < busy[from]) {
            swap(position[piece], --busy[from]);
            swap(busy[from], --begin[to]);
        } else {
            swap(position[piece], --begin[to]);
            swap(begin[to], --busy[to]);
        }
    }

    /** One peer fewer has the piece. */
    void decrement(int piece) {
        int from = copies[piece]--;
        int to = from - 1;
        if (position[piece] < busy[from]) {
            swap(position[piece], begin[from]++);
            swap(position[piece], busy[to]++);
        } else {
            swap(position[piece], busy[from]);
            swap(busy[from]++, begin[from]++);
        }
    }

    /** The piece may be opened from now on, or no longer. Must be a change. */
    void setFresh(int piece, boolean fresh) {
        int bucket = copies[piece];
        swap(position[piece], fresh ? busy[bucket]++ : --busy[bucket]);
    }

    /** Buckets, counted from the rarest; some may have no fresh piece. */
    int buckets() {
        return buckets;
    }

    /** How many fresh pieces a bucket has. */
    int freshIn(int bucket) {
        return busy[bucket] - begin[bucket];
    }

    /** One fresh piece of a bucket. */
    int fresh(int bucket, int index) {
        return order[begin[bucket] + index];
    }

    private void addBucket() {
        buckets++;
        if (buckets == busy.length) {
            begin = Arrays.copyOf(begin, 2 * begin.length);
            busy = Arrays.copyOf(busy, 2 * busy.length);
            Arrays.fill(begin, buckets, begin.length, order.length);
            Arrays.fill(busy, buckets, busy.length, order.length);
        }
    }

    private void swap(int one, int other) {
        int piece = order[one];
        order[one] = order[other];
        order[other] = piece;
        position[order[one]] = one;
        position[piece] = other;
    }
}
