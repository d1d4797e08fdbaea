package ahti.peer;

import ahti.core.BlockRef;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The pieces of which a peer got a part, and the end of its turn: these are finished, no others are begun. */
final class LastPieces {
    /** How long a turn may go on for their sake: shorter than peers wait for what else they asked for. */
    private static final long MOST = Duration.ofSeconds(4).toNanos();

    /** Pieces that are remembered; an honest peer goes on with one or two. */
    private static final int REMEMBERED = 16;

    /** Bytes that are still to leave of pieces of which some have left. */
    private final Map<Integer, Integer> rest = new LinkedHashMap<>();

    private final Set<Integer> last = new LinkedHashSet<>();
    private long since;
    private boolean ends;

    /** A block leaves, of a piece of that length. */
    void leaves(BlockRef block, int length) {
        int left = rest.getOrDefault(block.piece(), length) - block.length();
        if (left > 0) {
            rest.put(block.piece(), left);
        } else {
            rest.remove(block.piece());
            last.remove(block.piece());
        }
        if (rest.size() > REMEMBERED) {
            rest.remove(rest.keySet().iterator().next());
        }
    }

    /** The turn ends with what was begun; false when nothing was. */
    boolean begin(long nowNanos) {
        last.addAll(rest.keySet());
        since = nowNanos;
        ends = !last.isEmpty();
        return ends;
    }

    /** The turn is over, or goes on after all. */
    void end() {
        ends = false;
        last.clear();
    }

    /** Whether nothing but what was begun is sent any more. */
    boolean areAll() {
        return ends;
    }

    boolean mayBeSent(int piece) {
        return !ends || last.contains(piece);
    }

    /** Whether all of it has left. */
    boolean isDone() {
        return ends && last.isEmpty();
    }

    boolean isOverdue(long nowNanos) {
        return ends && nowNanos - since >= MOST;
    }
}
