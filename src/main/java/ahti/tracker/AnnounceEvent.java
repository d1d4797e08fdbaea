package ahti.tracker;

/** Why an announce is made (BEP 3), and its number in BEP 15. */
enum AnnounceEvent {
    /** A regular one. */
    NONE("", 0),
    /** The download has just become complete. */
    COMPLETED("completed", 1),
    /** The first one. */
    STARTED("started", 2),
    /** The last one. */
    STOPPED("stopped", 3);

    private final String httpName;
    private final int udpNumber;

    AnnounceEvent(String httpName, int udpNumber) {
        this.httpName = httpName;
        this.udpNumber = udpNumber;
    }

    /** The value of the HTTP parameter {@code event}; empty when it is left out. */
    String httpName() {
        return httpName;
    }

    /** The 32-bit field of a UDP announce. */
    int udpNumber() {
        return udpNumber;
    }
}
