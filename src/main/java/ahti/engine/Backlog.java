package ahti.engine;

import java.util.ArrayList;
import java.util.List;

/** Events that a watcher has not taken yet: so many and no more. What does not fit is counted, and the gap is told. */
final class Backlog {
    private final int most;
    private final List<EngineEvent> events = new ArrayList<>();
    private long lost;

    Backlog(int most) {
        this.most = most;
    }

    void add(EngineEvent event) {
        // After a loss everything is lost until the watcher has taken: the gap is one, and at the end.
        if (lost > 0 || events.size() >= most) {
            lost++;
        } else {
            events.add(event);
        }
    }

    boolean isEmpty() {
        return events.isEmpty() && lost == 0;
    }

    /** Everything, in order; the gap last. */
    List<EngineEvent> take() {
        List<EngineEvent> taken = new ArrayList<>(events);
        if (lost > 0) {
            taken.add(new EngineEvent.EventsLost(lost));
        }
        events.clear();
        lost = 0;
        return List.copyOf(taken);
    }
}
