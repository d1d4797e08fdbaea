package ahti.torrent;

import ahti.config.TorrentConfig;
import ahti.net.PrivateNetworks;
import ahti.peer.PeerConnection;
import ahti.torrent.room.OurAddress;
import ahti.torrent.room.PeerPriority;
import ahti.torrent.room.Quota;
import java.net.InetSocketAddress;
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
    private final World world;
    private final TorrentConfig config;
    private final Quota quota;
    private final OurAddress ourAddress;
    private final Collection<Member> members;
    private final Collection<Swarm.Guest> greeting;

    /** Over these collections, which others change. */
    Room(
            World world,
            OurAddress ourAddress,
            Quota quota,
            Collection<Member> members,
            Collection<Swarm.Guest> greeting) {
        this.world = world;
        this.config = world.config().torrent();
        this.quota = quota;
        this.members = members;
        this.greeting = greeting;
        this.ourAddress = ourAddress;
    }

    /** How many may be dialled now. */
    int toDial() {
        return Math.min(
                quota.most() - members.size() - greeting.size(),
                world.config().net().maxHalfOpen() - greeting.size());
    }

    /** Why a stranger at that address cannot come in; when somebody can make room for it, it is told to. */
    Optional<String> refusal(InetSocketAddress address) {
        boolean isFull = count(staying()) >= quota.most();
        if (isFull && !makeRoom(staying()) && !makeRoomFor(address)) {
            quota.turnedAway();
            return Optional.of("no room");
        }
        if (PrivateNetworks.isNear(address.getAddress())) {
            // One address may be many: what runs on this machine, or all that a gateway of containers hides.
            return Optional.empty();
        }
        Predicate<InetSocketAddress> same = other -> other.getAddress().equals(address.getAddress());
        // Guests count, too: otherwise many at once would slip in together.
        long guests =
                greeting.stream().filter(guest -> same.test(guest.address())).count();
        boolean isCrowded = neighbours(same).count() + guests >= config.maxPeersPerAddress();
        return isCrowded && !makeRoom(neighbours(same))
                ? Optional.of("too many connections from that address")
                : Optional.empty();
    }

    private long count(Stream<Member> crowd) {
        return crowd.count() + greeting.size();
    }

    private Stream<Member> staying() {
        return members.stream().filter(member -> !member.leaving);
    }

    private Stream<Member> neighbours(Predicate<InetSocketAddress> same) {
        return staying().filter(member -> same.test(member.address));
    }

    /** Tells the one that idles longest to hang up; false when all of them are of use. */
    private boolean makeRoom(Stream<Member> crowd) {
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
        for (long over = count(staying()) - quota.most(); over > 0; over--) {
            leastNeeded().ifPresent(member -> partWith(member, "other torrents need the connection"));
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
        quota.want(members.size() + greeting.size(), dialable);
    }

    /** Nobody is to come any more. */
    void close() {
        quota.leave();
    }
}
