package ahti.testkit.swarm;

/**
 * Who is who in a swarm, by number: seeds come first, then leechers, the last of which may be free riders, then liars.
 *
 * @param freeRiders how many of the leechers never send a block
 */
record Cast(int seeds, int leechers, int freeRiders, int liars) {
    int size() {
        return seeds + leechers + liars;
    }

    /** Whether it begins with everything, or says so. */
    boolean hasAll(int number) {
        return number < seeds || number >= seeds + leechers;
    }

    boolean isFreeRider(int number) {
        return !hasAll(number) && number >= seeds + leechers - freeRiders;
    }

    String name(int number) {
        if (number < seeds) {
            return "seed-" + (number + 1);
        }
        return number < seeds + leechers
                ? "leecher-" + (number - seeds + 1)
                : "liar-" + (number - seeds - leechers + 1);
    }
}
