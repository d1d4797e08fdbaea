package ahti.picker;

import ahti.core.PieceRange;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What readers are about to read: a window of pieces for each, and the one order in which all of them are urgent.
 *
 * <p>A piece is the more urgent the nearer it is to the head of a window. Of equally near ones that of the reader that
 * came first goes first, so no reader is ahead of another by more than one piece.
 */
final class Urgency {
    /** The rank of what nobody is about to read. */
    static final int NONE = Integer.MAX_VALUE;

    /** In the order in which the readers came. */
    private final Map<Integer, PieceRange> windows = new LinkedHashMap<>();
    /** All pieces of all windows, the most urgent first. */
    private int[] order = {};
    /** The index in {@link #order} of each piece. */
    private final Map<Integer, Integer> ranks = new LinkedHashMap<>();

    /** A reader's window is here now. */
    void hurry(int reader, PieceRange window) {
        windows.put(reader, window);
        merge();
    }

    /** A reader is gone; false when it was not there. */
    boolean relax(int reader) {
        boolean known = windows.remove(reader) != null;
        if (known) {
            merge();
        }
        return known;
    }

    /** Whether nobody is about to read anything. */
    boolean isEmpty() {
        return order.length == 0;
    }

    Collection<PieceRange> windows() {
        return windows.values();
    }

    /** How many different pieces are in the windows. */
    int count() {
        return order.length;
    }

    /** The piece of a rank; 0 is the most urgent. */
    int piece(int rank) {
        return order[rank];
    }

    /** The rank of a piece, or {@link #NONE}. */
    int rank(int piece) {
        return ranks.getOrDefault(piece, NONE);
    }

    private void merge() {
        Set<Integer> merged = new LinkedHashSet<>();
        int longest =
                windows.values().stream().mapToInt(PieceRange::count).max().orElse(0);
        for (int distance = 0; distance < longest; distance++) {
            for (PieceRange window : windows.values()) {
                if (distance < window.count()) {
                    merged.add(window.first() + distance);
                }
            }
        }
        order = merged.stream().mapToInt(Integer::intValue).toArray();
        ranks.clear();
        for (int rank = 0; rank < order.length; rank++) {
            ranks.put(order[rank], rank);
        }
    }
}
