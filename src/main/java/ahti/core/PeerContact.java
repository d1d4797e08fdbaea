package ahti.core;

import java.net.InetSocketAddress;
import java.util.Objects;

/**
 * Where a peer can be reached, as one peer tells another (BEP 11).
 *
 * @param address resolved
 * @param uploadOnly whether it wants nothing more
 * @param reachable whether whoever tells this has dialled it
 */
public record PeerContact(InetSocketAddress address, boolean uploadOnly, boolean reachable) {
    public PeerContact {
        Objects.requireNonNull(address, "address");
        if (address.isUnresolved()) {
            throw new IllegalArgumentException(address + " is not resolved");
        }
    }
}
