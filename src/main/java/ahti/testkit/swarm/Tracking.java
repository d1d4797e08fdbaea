package ahti.testkit.swarm;

/** How the members of a swarm find each other besides what they know, and the verb of {@link Swarm} for it. */
enum Tracking {
    NONE(""),
    HTTP(".tracker()"),
    UDP(".udpTracker()");

    private final String verb;

    Tracking(String verb) {
        this.verb = verb;
    }

    String verb() {
        return verb;
    }
}
