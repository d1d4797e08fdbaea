package ahti.dht.node;

/** What a node has heard, counted, for the log. */
final class Tally {
    long answered;
    long limited;
    long malformed;
    long unasked;

    @Override
    public String toString() {
        return answered + " queries answered, " + limited + " beyond the limits, " + malformed
                + " malformed datagrams, " + unasked + " answers to nothing";
    }
}
