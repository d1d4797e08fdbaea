package ahti.dht.krpc;

import java.net.InetSocketAddress;

/** A node: what it calls itself, and where it is reached. */
public record Contact(NodeId id, InetSocketAddress address) {
    public Contact {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("not resolved: " + address);
        }
    }

    /** Which DHT it is in. */
    public Family family() {
        return Family.of(address);
    }
}
