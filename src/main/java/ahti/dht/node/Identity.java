package ahti.dht.node;

import ahti.dht.krpc.NodeId;
import ahti.dht.table.RoutingTable;
import ahti.dht.table.SecureId;
import ahti.net.place.Addresses;
import java.net.InetAddress;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Who we are in a DHT: the table around our id, and the address that the id has to fit (BEP 42). The id changes when enough
 * others agree that we are somewhere else; until the first election it fits what an earlier run knew, or is by lot.
 */
final class Identity {
    private final RandomGenerator random;
    private final InetAddress local;
    private Optional<InetAddress> external;
    private RoutingTable table;

    Identity(NodeSettings settings, InetAddress local, long now) {
        this.random = settings.random();
        this.local = local;
        this.external = isOfTheWorld(local) ? Optional.of(local) : settings.external();
        NodeId id = external.map(address -> SecureId.of(address, random)).orElseGet(() -> NodeId.random(random));
        this.table = new RoutingTable(id, settings.config().enforceIds(), now);
    }

    private static boolean isOfTheWorld(InetAddress address) {
        return !address.isAnyLocalAddress() && !Addresses.isLocal(address);
    }

    RoutingTable table() {
        return table;
    }

    Optional<InetAddress> external() {
        return external;
    }

    /** Where others reach us, as far as we know. */
    Optional<InetAddress> here() {
        return external.or(() -> local.isAnyLocalAddress() ? Optional.empty() : Optional.of(local));
    }

    /** Most see us there. True when that gave us another id. */
    boolean movedTo(InetAddress elected, long now) {
        if (external.filter(elected::equals).isPresent()) {
            return false;
        }
        external = Optional.of(elected);
        if (SecureId.fits(table.self(), elected)) {
            return false;
        }
        table = table.movedTo(SecureId.of(elected, random), now);
        return true;
    }
}
