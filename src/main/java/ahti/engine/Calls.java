package ahti.engine;

/** Which threads are in a subscriber's code just now: there, nobody may wait for what waits for the subscriber. */
final class Calls {
    private final ThreadLocal<Boolean> inside = new ThreadLocal<>();

    /** Calls a subscriber. */
    void run(Runnable call) {
        Boolean before = inside.get();
        inside.set(true);
        try {
            call.run();
        } finally {
            if (before == null) {
                inside.remove();
            }
        }
    }

    /** Whether a subscriber asks. */
    boolean isInside() {
        return inside.get() != null;
    }
}
