package ahti.testkit.time;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The times that are running, by name. Pekko makes schedulers and executors from class names, with nothing but a
 * configuration to give them; so the name is in the configuration, and they find their time here.
 */
final class Times {
    private static final Map<String, VirtualTime> RUNNING = new ConcurrentHashMap<>();
    private static final AtomicInteger NEXT = new AtomicInteger();

    private Times() {}

    static String enter(VirtualTime time) {
        String id = "time-" + NEXT.getAndIncrement();
        RUNNING.put(id, time);
        return id;
    }

    static void leave(String id) {
        RUNNING.remove(id);
    }

    static VirtualTime of(String id) {
        VirtualTime time = RUNNING.get(id);
        if (time == null) {
            throw new IllegalStateException("virtual time " + id + " is over");
        }
        return time;
    }
}
