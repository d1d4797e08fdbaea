package ahti.picker;

import ahti.core.BlockRef;
import ahti.core.ConnectionId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers what one command leads to, so that each peer gets lists and not a message for each block. */
final class Outbox {
    private final Map<ConnectionId, List<BlockRef>> cancels = new LinkedHashMap<>();
    private final Map<ConnectionId, List<BlockRef>> fetches = new LinkedHashMap<>();
    private final Map<ConnectionId, Boolean> interests = new LinkedHashMap<>();
    private final Map<ConnectionId, List<Integer>> suggestions = new LinkedHashMap<>();
    private List<PiecePicker.Event> events = new ArrayList<>();

    void fetch(ConnectionId from, BlockRef block) {
        fetches.computeIfAbsent(from, id -> new ArrayList<>()).add(block);
    }

    /** Takes a block back; if that is still to be asked for, it is not asked for at all. */
    void cancel(ConnectionId from, BlockRef block) {
        List<BlockRef> unasked = fetches.get(from);
        if (unasked != null && unasked.remove(block)) {
            if (unasked.isEmpty()) {
                fetches.remove(from);
            }
            return;
        }
        cancels.computeIfAbsent(from, id -> new ArrayList<>()).add(block);
    }

    void interest(ConnectionId in, boolean interested) {
        interests.put(in, interested);
    }

    void suggest(ConnectionId to, List<Integer> pieces) {
        suggestions.computeIfAbsent(to, id -> new ArrayList<>()).addAll(pieces);
    }

    void event(PiecePicker.Event event) {
        events.add(event);
    }

    /** Everything gathered since the last time: interest first, then what is cancelled, then what is asked for. */
    Outcome drain() {
        List<Outcome.Order> orders = new ArrayList<>();
        interests.forEach((to, interested) -> orders.add(new Outcome.Order(to, new PiecePicker.Interest(interested))));
        cancels.forEach((to, blocks) ->
                orders.add(new Outcome.Order(to, new PiecePicker.Cancel(Collections.unmodifiableList(blocks)))));
        fetches.forEach((to, blocks) ->
                orders.add(new Outcome.Order(to, new PiecePicker.Fetch(Collections.unmodifiableList(blocks)))));
        suggestions.forEach((to, pieces) ->
                orders.add(new Outcome.Order(to, new PiecePicker.Suggest(Collections.unmodifiableList(pieces)))));
        suggestions.clear();
        interests.clear();
        cancels.clear();
        fetches.clear();
        List<PiecePicker.Event> told = events;
        events = new ArrayList<>();
        return new Outcome(orders, told);
    }
}
