package ahti.torrent;

import ahti.core.ConnectionId;
import ahti.core.InfoHash;
import ahti.core.PeerId;
import ahti.limit.Seats;
import ahti.peer.Ourselves;
import ahti.peer.PeerConnection;
import ahti.peer.PeerSetup;
import ahti.torrent.room.Quota;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * Peers of a torrent of which only the hash is known: connected to be asked for its metadata. As many as a torrent may have.
 */
final class Informants {
    private final ActorContext<Torrent.Command> context;
    private final World world;
    private final Past past;
    private final InfoHash infoHash;
    private final PeerId ours;
    private final Candidates candidates;
    private final Hearsay hearsay;
    private final ActorRef<PeerConnection.Event> peerTold;
    private final Quota quota;
    private final Map<ConnectionId, Informant> connections = new LinkedHashMap<>();

    private record Informant(
            ActorRef<PeerConnection.Command> peer, InetSocketAddress address, boolean incoming, boolean open) {}

    Informants(ActorContext<Torrent.Command> context, World world, Past past, InfoHash infoHash, PeerId ours) {
        this.context = context;
        this.world = world;
        this.past = past;
        this.infoHash = infoHash;
        this.ours = ours;
        this.candidates = new Candidates(world.config().torrent());
        this.quota = world.quota(infoHash, context.messageAdapter(Seats.Granted.class, Torrent.Seated::new));
        this.hearsay = new Hearsay(world, candidates);
        this.peerTold = context.messageAdapter(PeerConnection.Event.class, Torrent.PeerTold::new);
    }

    /** Adds addresses to try. */
    void add(Collection<InetSocketAddress> addresses) {
        candidates.add(addresses);
    }

    /** Dials as many candidates as there is room for. */
    void dialMore() {
        int halfOpen = (int) connections.values().stream()
                .filter(one -> !one.open() && !one.incoming())
                .count();
        int room =
                Math.min(quota.most() - connections.size(), world.config().net().maxHalfOpen() - halfOpen);
        for (InetSocketAddress address : candidates.take(room, world.clock().nanos(), anyone -> 0)) {
            ConnectionId id = past.nextConnection();
            Behavior<PeerConnection.Command> peer = PeerConnection.dial(world.transport(), address, setup(id));
            watch(id, new Informant(context.spawn(peer, "informant-" + id), address, false, false));
        }
    }

    /** A stranger asks for this torrent: perhaps it knows more. Half of the room is for those that we dial. */
    void welcome(ActorRef<PeerConnection.Command> peer, InetSocketAddress address) {
        long came = connections.values().stream().filter(Informant::incoming).count();
        boolean isFull = connections.size() >= quota.most() || came >= (quota.most() + 1) / 2;
        if (isFull) {
            quota.turnedAway();
        }
        if (isFull || candidates.isBanned(address)) {
            peer.tell(new PeerConnection.Disconnect("no room"));
            return;
        }
        ConnectionId id = past.nextConnection();
        watch(id, new Informant(peer, address, true, false));
        peer.tell(new PeerConnection.Enter(setup(id)));
    }

    /** A second has passed: says how many connections are wanted, and dials. */
    void tick() {
        quota.want(connections.size(), candidates.dialable(world.clock().nanos()));
        dialMore();
    }

    /** Our network is another; {@code went}: what was connected over the old one is dead. */
    void rerouted(boolean went) {
        candidates.rerouted(world.clock().nanos());
        if (went) {
            connections.values().forEach(one -> one.peer().tell(PeerConnection.Doubt.INSTANCE));
        }
        dialMore();
    }

    /** So many connections are ours; those that came last hang up when there are more. */
    void granted(Seats.Granted granted) {
        quota.granted(granted.connections());
        connections.values().stream()
                .skip(quota.most())
                .forEach(one ->
                        one.peer().tell(new PeerConnection.Disconnect("the other torrents need the connection")));
    }

    private PeerSetup setup(ConnectionId id) {
        return new PeerSetup(
                id,
                infoHash,
                ours,
                new Ourselves(
                        world.listeningPort(),
                        DhtLine.port(world),
                        Optional.empty(),
                        world.config().discovery().pex().isOn(),
                        false),
                Optional.empty(),
                world.allotter(),
                peerTold,
                world.config().peer(),
                world.clock());
    }

    private void watch(ConnectionId id, Informant informant) {
        connections.put(id, informant);
        context.watchWith(informant.peer(), new Torrent.PeerGone(id));
    }

    /** A handshake is through. True when for a while nobody was here. */
    boolean greeted(PeerConnection.Greeted greeted) {
        connections.computeIfPresent(
                greeted.id(), (id, one) -> new Informant(one.peer(), one.address(), one.incoming(), true));
        candidates.proved(greeted.address());
        return candidates.inCompany(world.clock().nanos());
    }

    /** One of them tells of others (BEP 11): whether the torrent is private, which would forbid it, is not known yet. */
    void told(PeerConnection.ContactsHeard heard) {
        Informant one = connections.get(heard.id());
        if (one != null) {
            hearsay.heard(one.address().getAddress(), Optional.empty(), heard.contacts(), false);
            dialMore();
        }
    }

    /** A connection ended and says why. */
    void left(PeerConnection.Left left) {
        Informant gone = connections.remove(left.id());
        if (gone != null) {
            candidates.left(gone.address(), left.parting(), false, world.clock().nanos());
            if (gone.open() && connected() == 0) {
                candidates.alone(
                        left.parting() == PeerConnection.Parting.SILENT,
                        world.clock().nanos());
            }
        }
    }

    /** A connection's actor is gone. */
    void gone(ConnectionId id) {
        Informant gone = connections.remove(id);
        if (gone != null) {
            candidates.failed(gone.address(), world.clock().nanos());
        }
    }

    void tell(ConnectionId id, PeerConnection.Command command) {
        Informant one = connections.get(id);
        if (one != null) {
            one.peer().tell(command);
        }
    }

    /** It lied, and is not asked again; its address. */
    Optional<InetSocketAddress> ban(ConnectionId id) {
        Informant liar = connections.get(id);
        if (liar == null) {
            return Optional.empty();
        }
        candidates.ban(liar.address());
        liar.peer().tell(new PeerConnection.Disconnect("sent wrong metadata"));
        return Optional.of(liar.address());
    }

    void disconnectAll(String why) {
        quota.leave();
        connections.values().forEach(one -> one.peer().tell(new PeerConnection.Disconnect(why)));
        connections
                .values()
                .forEach(one -> candidates.lost(one.address(), world.clock().nanos()));
        connections.clear();
    }

    /** Whether nobody is connected or being dialled. */
    boolean isEmpty() {
        return connections.isEmpty();
    }

    /** Connections whose handshake is through. */
    int connected() {
        return (int) connections.values().stream().filter(Informant::open).count();
    }

    int known() {
        return candidates.size();
    }

    /** Addresses that can be dialled, those that are connected first. */
    List<InetSocketAddress> addresses() {
        Set<InetSocketAddress> all = new LinkedHashSet<>();
        List<InetSocketAddress> known = candidates.known();
        connections.values().stream()
                .filter(one -> one.open() && known.contains(one.address()))
                .forEach(one -> all.add(one.address()));
        all.addAll(known);
        return new ArrayList<>(all);
    }
}
