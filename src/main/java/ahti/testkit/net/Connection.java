package ahti.testkit.net;

import java.net.InetSocketAddress;
import java.time.Duration;

/** A simulated TCP connection: two hosts, two {@link Direction}s, and how it ends. */
public final class Connection {
    static final Duration GIVEN_UP = Duration.ofMinutes(15);

    private final SimulatedNetwork network;
    private final long number;
    private final Side dialler;
    private final Side acceptor;
    private boolean stranded;

    Connection(
            SimulatedNetwork network,
            long number,
            Host from,
            InetSocketAddress local,
            Host to,
            InetSocketAddress remote) {
        this.network = network;
        this.number = number;
        dialler = new Side(this, true, from, local);
        acceptor = new Side(this, false, to, remote);
        Direction there = new Direction(network, from, to, acceptor.hears(dialler));
        Direction back = new Direction(network, to, from, dialler.hears(acceptor));
        dialler.uses(back, there);
        acceptor.uses(there, back);
        back.open();
    }

    /** Connections of a network are counted in the order of their opening. */
    public long number() {
        return number;
    }

    /** Who dialled. */
    public InetSocketAddress diallerAddress() {
        return dialler.address();
    }

    /** Who was dialled. */
    public InetSocketAddress acceptorAddress() {
        return acceptor.address();
    }

    SimulatedNetwork network() {
        return network;
    }

    /** Breaks it: both ends hear of a reset. */
    public void reset() {
        dialler.broken("Connection reset");
        acceptor.broken("Connection reset");
    }

    Side dialler() {
        return dialler;
    }

    Side acceptor() {
        return acceptor;
    }

    boolean touches(Host host) {
        return dialler.host() == host || acceptor.host() == host;
    }

    void healed() {
        dialler.out().healed();
        acceptor.out().healed();
    }

    /** Whatever the host sent last, nothing of it is heard any more; the other end waits in vain, and gives up late. */
    void lose(Host host) {
        Side lost = dialler.host() == host ? dialler : acceptor;
        Side other = lost == dialler ? acceptor : dialler;
        lost.silence();
        var unused = network.time().after(GIVEN_UP, () -> other.broken("Connection timed out"));
    }

    /** Nothing passes any more, and nobody hears of it: both ends wait in vain, and give up late. */
    void strand() {
        stranded = true;
        dialler.out().lost();
        acceptor.out().lost();
        var unused = network.time().after(GIVEN_UP, () -> {
            dialler.broken("Connection timed out");
            acceptor.broken("Connection timed out");
        });
    }

    boolean isStranded() {
        return stranded;
    }

    void forgetIfOver() {
        if (dialler.isOver() && acceptor.isOver()) {
            network.forget(this);
        }
    }
}
