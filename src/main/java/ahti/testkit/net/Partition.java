package ahti.testkit.net;

import java.util.function.Predicate;

/** A network in two parts. Connections across stall, and go on when it heals in time. */
public final class Partition {
    private final SimulatedNetwork network;
    private final Predicate<Host> oneSide;

    Partition(SimulatedNetwork network, Predicate<Host> oneSide) {
        this.network = network;
        this.oneSide = oneSide;
    }

    /** Both sides reach each other again; what was sent meanwhile is sent again. */
    public void heal() {
        network.healed(this);
    }

    boolean separates(Host one, Host other) {
        return oneSide.test(one) != oneSide.test(other);
    }
}
