package ahti.torrent;

import ahti.torrent.why.ChokeDecision;
import ahti.torrent.why.ChokeReason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * The last few decisions about whether a peer may ask us, the newest of which holds. Begins choked and not interested, as
 * every connection (BEP 3). A decision of the same kind as the one before takes its place, with newer inputs.
 */
final class ChokeHistory {
    /** Decisions that are remembered for each peer. */
    static final int REMEMBERED = 4;

    private record Entry(ChokeReason reason, long atNanos) {}

    private final Deque<Entry> entries = new ArrayDeque<>(REMEMBERED);

    ChokeHistory(long nowNanos) {
        entries.addLast(new Entry(new ChokeReason.NotInterested(), nowNanos));
    }

    ChokeReason reason() {
        return entries.getLast().reason();
    }

    boolean isChoked() {
        return !reason().unchokes();
    }

    void add(ChokeReason reason, long nowNanos) {
        boolean sameKind = reason.getClass().equals(reason().getClass());
        long since = sameKind ? entries.removeLast().atNanos() : nowNanos;
        if (entries.size() == REMEMBERED) {
            entries.removeFirst();
        }
        entries.addLast(new Entry(reason, since));
    }

    /** Oldest first. */
    List<ChokeDecision> list(long nowNanos) {
        List<ChokeDecision> decisions = new ArrayList<>(entries.size());
        entries.forEach(entry ->
                decisions.add(new ChokeDecision(entry.reason(), Duration.ofNanos(nowNanos - entry.atNanos()))));
        return Collections.unmodifiableList(decisions);
    }
}
