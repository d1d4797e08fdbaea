package ahti.peer;

import ahti.wire.Capabilities;
import ahti.wire.PeerMessage;
import java.net.InetSocketAddress;

/** Where each end has its node of the DHT (BEP 5), on one connection: said only between two that have one. */
final class DhtPort {
    private final PeerSetup setup;
    private final InetSocketAddress peer;
    private final boolean agreed;
    private boolean heard;

    DhtPort(PeerSetup setup, InetSocketAddress peer, Capabilities agreed) {
        this.setup = setup;
        this.peer = peer;
        this.agreed = agreed.dht();
    }

    /** Says where ours is. */
    void begin(Link link) {
        if (agreed) {
            link.queue(new PeerMessage.Port(setup.ourselves().dhtPort()));
        }
    }

    /** The peer said where its node is. Heard once: one that names port after port would have us write to all of them. */
    void heard(int port) {
        if (port != 0 && agreed && !heard) {
            heard = true;
            InetSocketAddress node = new InetSocketAddress(peer.getAddress(), port);
            setup.owner().tell(new PeerConnection.DhtNodeHeard(setup.id(), node));
        }
    }
}
