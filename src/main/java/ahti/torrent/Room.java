package ahti.torrent;

import ahti.config.TorrentConfig;
import ahti.net.PrivateNetworks;
import ahti.net.place.Neighbourhood;
import ahti.net.place.Origin;
import ahti.peer.PeerConnection;
import ahti.torrent.room.OurAddress;
import ahti.torrent.room.PeerPriority;
import ahti.torrent.room.Quota;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Who may connect to a torrent, and who has to leave when there are too many: first who idles, then who is of no use, the one
 * of the lowest priority first (BEP 40). Touched by the torrent's actor only.
 */
final class Room {
    /** While addresses are known that could be dialled, one place in so many is for them: whoever comes cannot take them all. */
    private static final int DIALLED_ARE_ONE_IN = 8;

    /** How often one that gives nothing goes, so that somebody else can be tried. */
    private static final long TURNOVER = Duration.ofSeconds(10).toNanos();

    private final World world;
    private final TorrentConfig config;
    private final Quota quota;
    private final OurAddress ourAddress;
    private final Collection<Member> members;
    private final Collection<Guest> greeting;
    /** Addresses that could be dialled, a second ago. */
    private int dialable;

    private long lastTurnover;

    /** Over these collections, which others change. */
    Room(World world, OurAddress ourAddress, Quota quota, Collection<Member> members, Collection<Guest> greeting) {
        this.world = world;
        this.config = world.config().torrent();
        this.quota = quota;
        this.members = members;
        this.greeting = greeting;
        this.ourAddress = ourAddress;
        this.lastTurnover = world.clock().nanos();
    }

    /** How many may be dialled now. Whoever dialled us and is not through with its handshake is no hindrance. */
    int toDial() {
        int dialled = (int) greeting.stream().filter(guest -> !guest.incoming).count();
        return Math.min(
                quota.most() - members.size() - dialled, world.config().net().maxHalfOpen() - dialled);
    }

    /** One is being dialled: if all places are taken, a guest gives up its own. */
    void dials() {
        if (isFull()) {
            guestGivesWay(address -> true);
        }
    }

    private boolean isFull() {
        return taken() >= quota.most();
    }

    private long taken() {
        return staying().count() + guests().count();
    }

    /** Whether somebody who comes finds no place. */
    private boolean isFullForVisitors() {
        int kept = dialable > 0 ? quota.most() / DIALLED_ARE_ONE_IN : 0;
        return taken() >= quota.most() - Math.min(kept, dialable);
    }

    /**
     * Somebody who gave us nothing, and for a minute took nothing, goes when all places are taken and others could be dialled:
     * the one of the lowest priority, and not many at once.
     */
    void turnOver() {
        long now = world.clock().nanos();
        if (dialable == 0 || !isFull() || now - lastTurnover < TURNOVER) {
            return;
        }
        lastTurnover = now;
        lowest(staying().filter(member -> member.isOfNoUse(now) && member.sample.downloaded() == 0))
                .ifPresent(member -> partWith(member, "gives nothing, and others are known"));
    }

    /** Why a stranger at that address cannot come in; when somebody can make room for it, it is told to. */
    Optional<String> refusal(InetSocketAddress address) {
        if (isFullForVisitors() && !makeRoom(anyone -> true) && !makeRoomFor(address)) {
            quota.turnedAway();
            return Optional.of("no room (ahti.torrent.max-peers, ahti.net.max-peers)");
        }
        if (PrivateNetworks.isNear(address.getAddress())) {
            // One address may be many: what runs on this machine, or all that a gateway of containers hides.
            return Optional.empty();
        }
        InetAddress host = Origin.of(address).host();
        Predicate<InetSocketAddress> sameHost = other -> Origin.of(other).host().equals(host);
        if (isCrowded(sameHost, config.maxPeersPerAddress())) {
            return Optional.of("too many connections from that address (ahti.torrent.max-peers-per-address)");
        }
        Neighbourhood network = Neighbourhood.of(address.getAddress());
        Predicate<InetSocketAddress> sameNetwork =
                other -> Neighbourhood.of(other.getAddress()).equals(network);
        return isCrowded(sameNetwork, config.maxPeersPerNetwork())
                ? Optional.of("too many connections from that network (ahti.torrent.max-peers-per-network)")
                : Optional.empty();
    }

    /** Whether so many of them are here already, and nobody of them makes room. */
    private boolean isCrowded(Predicate<InetSocketAddress> these, int most) {
        // Guests count, too: otherwise many at once would slip in together.
        long there = staying().filter(member -> these.test(member.address)).count()
                + guests().filter(guest -> these.test(guest.address)).count();
        return there >= most && !makeRoom(these);
    }

    /** Somebody hangs up: one that idles, else one that dialled us and is not through with its handshake. */
    private boolean makeRoom(Predicate<InetSocketAddress> whom) {
        return idleOneGoes(staying().filter(member -> whom.test(member.address))) || guestGivesWay(whom);
    }

    /** Handshakes take moments: who makes others wait for its own gives way to them. */
    private boolean guestGivesWay(Predicate<InetSocketAddress> whom) {
        Optional<Guest> guest = Neighbourhood.whoGivesWay(
                guests().filter(one -> one.incoming && whom.test(one.address)).toList(),
                one -> one.address.getAddress());
        guest.ifPresent(one -> {
            one.leaving = true;
            one.peer.tell(new PeerConnection.Disconnect("others wait, and its handshake is not through"));
        });
        return guest.isPresent();
    }

    private Stream<Member> staying() {
        return members.stream().filter(member -> !member.leaving);
    }

    private Stream<Guest> guests() {
        return greeting.stream().filter(guest -> !guest.leaving);
    }

    /** Tells the one that idles longest to hang up; false when all of them are of use. */
    private boolean idleOneGoes(Stream<Member> crowd) {
        Optional<Member> idle = idle(crowd);
        idle.ifPresent(member -> partWith(member, "idle, and others wait"));
        return idle.isPresent();
    }

    /** Tells a peer that is of no use to hang up, if the newcomer has a better right to a connection with us. */
    private boolean makeRoomFor(InetSocketAddress newcomer) {
        Optional<Member> worst = useless().filter(member -> priority(member.address) < priority(newcomer));
        worst.ifPresent(member -> partWith(member, "of no use, and others come first"));
        return worst.isPresent();
    }

    private Optional<Member> lowest(Stream<Member> crowd) {
        ToLongFunction<Member> priority = member -> priority(member.address);
        return crowd.min(Comparator.comparingLong(priority));
    }

    /** What right it has to a connection with us, compared with others. */
    long priority(InetSocketAddress peer) {
        return PeerPriority.of(ourAddress.seenBy(peer), peer);
    }

    private static void partWith(Member member, String why) {
        member.leaving = true;
        member.peer.tell(new PeerConnection.Disconnect(why));
    }

    /** Another number of connections is granted; if there are more, some hang up. */
    void granted(int connections) {
        quota.granted(connections);
        for (long over = staying().count() + guests().count() - quota.most(); over > 0; over--) {
            if (!guestGivesWay(anyone -> true)) {
                leastNeeded().ifPresent(member -> partWith(member, "other torrents need the connection"));
            }
        }
    }

    private Optional<Member> leastNeeded() {
        return idle(staying()).or(this::useless).or(() -> lowest(staying()));
    }

    private Optional<Member> idle(Stream<Member> crowd) {
        return crowd.filter(member -> member.isIdle(world.clock().nanos())).findFirst();
    }

    private Optional<Member> useless() {
        return lowest(staying().filter(member -> member.isOfNoUse(world.clock().nanos())));
    }

    /** Says how many connections there are, and how many there could be. */
    void want(int dialable) {
        this.dialable = dialable;
        quota.want(members.size() + greeting.size(), dialable);
    }

    /** Nobody is to come any more. */
    void close() {
        quota.leave();
    }
}
