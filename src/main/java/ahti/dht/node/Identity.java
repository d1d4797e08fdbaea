package ahti.dht.node;

import ahti.dht.krpc.NodeId;
import ahti.dht.table.Addresses;
import ahti.dht.table.ExternalVotes;
import ahti.dht.table.RoutingTable;
import ahti.dht.table.SecureId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Who we are in a DHT: the table around our id, and the address that the id has to fit (BEP 42). The id changes when enough
 * others agree that we are somewhere else; until the first election it fits what an earlier run knew, or is by lot.
 */
final class Identity {
    private final RandomGenerator random;
    private final ExternalVotes votes = new ExternalVotes();
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

    /** A node says where we are. True when that gave us another id. */
    boolean told(InetSocketAddress voter, InetAddress seen, long now) {
        votes.vote(voter, seen);
        if (external.isPresent() && external.get().equals(seen)) {
            return false;
        }
        Optional<InetAddress> elected = votes.elected();
        if (elected.isEmpty() || elected.equals(external)) {
            return false;
        }
        external = elected;
        if (SecureId.fits(table.self(), elected.get())) {
            return false;
        }
        table = table.movedTo(SecureId.of(elected.get(), random), now);
        return true;
    }
}
