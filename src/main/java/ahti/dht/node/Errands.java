package ahti.dht.node;

import ahti.config.DhtConfig;
import ahti.dht.krpc.Contact;
import ahti.dht.krpc.Family;
import ahti.dht.krpc.NodeId;
import ahti.dht.lookup.Lookup;
import ahti.dht.lookup.LookupBounds;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * The lookups of a node: those under way, and the wishes that wait. A wish waits until the node has joined or knows eight
 * others, and until fewer than {@code ahti.dht.max-lookups} are under way. Each wish is answered with one {@code Ended}.
 */
final class Errands {
    private final Family family;
    private final DhtConfig config;
    private final Identity identity;
    private final Errand.Asker asker;
    private final Function<NodeId, List<InetSocketAddress>> kept;
    private final Search.Keeper keeper;
    private final ActorRef<DhtNode.Event> owner;
    private final List<Walk> walks = new ArrayList<>();
    private final List<Search> searches = new ArrayList<>();
    private final Queue<DhtNode.Seek> waiting = new ArrayDeque<>();
    private Optional<Walk> joining = Optional.empty();
    private boolean hasJoined;

    /** {@code kept}: peers of a torrent that announced themselves to us. */
    Errands(
            Family family,
            DhtConfig config,
            Identity identity,
            Errand.Asker asker,
            Function<NodeId, List<InetSocketAddress>> kept,
            Search.Keeper keeper,
            ActorRef<DhtNode.Event> owner) {
        this.family = family;
        this.config = config;
        this.identity = identity;
        this.asker = asker;
        this.kept = kept;
        this.keeper = keeper;
        this.owner = owner;
    }

    void join(DhtNode.Join wish) {
        Walk walk = walk(identity.table().self(), wish.known(), wish.doors());
        joining = Optional.of(walk);
    }

    /** Looks for the nodes nearest to a place, for the sake of the table. */
    Walk walk(NodeId place, List<Contact> known, List<InetSocketAddress> doors) {
        Walk walk = Walk.to(place, lookup(place), asker);
        walks.add(walk);
        List<Contact> all = new ArrayList<>(identity.table().latest(LookupBounds.K * LookupBounds.K));
        all.addAll(known);
        walk.begin(all, doors);
        return walk;
    }

    private Lookup lookup(NodeId place) {
        return new Lookup(
                place,
                LookupBounds.of(config.parallel(), config.maxAsked()),
                contact -> identity.table().isTrusted(contact));
    }

    void seek(DhtNode.Seek wish) {
        waiting.add(wish);
    }

    void cancel(long ticket) {
        waiting.removeIf(wish -> wish.ticket() == ticket);
        searches.stream().filter(search -> search.wish().ticket() == ticket).forEach(Walk::stop);
        searches.removeIf(search -> search.wish().ticket() == ticket);
    }

    /** Whether nothing is done for the table's sake. */
    boolean isIdle() {
        return walks.isEmpty();
    }

    void settle() {
        walks.removeIf(this::endWalk);
        searches.removeIf(this::endSearch);
        while (canBegin()) {
            begin(waiting.remove());
            searches.removeIf(this::endSearch);
        }
    }

    private boolean endWalk(Walk walk) {
        if (!walk.isOver()) {
            return false;
        }
        walk.stop();
        if (joining.isPresent() && joining.get() == walk) {
            joining = Optional.empty();
            hasJoined = true;
            owner.tell(new DhtNode.Joined(family, identity.table().size()));
        }
        return true;
    }

    private boolean endSearch(Search search) {
        boolean isOver = search.isOver();
        if (isOver) {
            search.stop();
            owner.tell(search.ended());
        }
        return isOver;
    }

    private boolean canBegin() {
        boolean isReady = (hasJoined && joining.isEmpty()) || identity.table().size() >= LookupBounds.K;
        return isReady && !waiting.isEmpty() && searches.size() < config.maxLookups();
    }

    private void begin(DhtNode.Seek wish) {
        Search search = new Search(
                wish,
                lookup(wish.infoHash()),
                asker,
                keeper,
                peer -> isOurs(peer, wish),
                (ticket, peers) -> owner.tell(new DhtNode.Found(ticket, peers)));
        searches.add(search);
        search.heardOf(kept.apply(wish.infoHash()));
        search.begin(identity.table().nearest(wish.infoHash(), 2 * LookupBounds.K), List.of());
    }

    /** The peer that we announce. */
    private boolean isOurs(InetSocketAddress peer, DhtNode.Seek wish) {
        boolean isOurPort = wish.announce().isPresent() && wish.announce().getAsInt() == peer.getPort();
        return isOurPort && identity.here().filter(peer.getAddress()::equals).isPresent();
    }

    /** There is no socket any more. */
    void endAll() {
        searches.forEach(search -> owner.tell(search.ended()));
        waiting.forEach(wish -> owner.tell(new DhtNode.Ended(wish.ticket(), 0, 0, 0, 0)));
        searches.clear();
        waiting.clear();
        walks.clear();
    }
}
