package ahti.testkit;

import ahti.core.InfoHash;
import ahti.core.MonotonicClock;
import ahti.core.PeerId;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who is in which swarm, as far as a {@link TrackerServer} knows. Bounded, and safe to use from any thread.
 *
 * <p>Peers stand in the order of their last announce, oldest first: that is what makes forgetting cheap, and the ones last
 * heard of are the ones handed out.
 */
final class TrackerServerSwarms {

    /** One announce. */
    record Announce(
            InfoHash infoHash,
            PeerId peerId,
            InetSocketAddress address,
            boolean seed,
            boolean stopped,
            boolean completed,
            int wanted) {}

    /** A peer as it is handed out. */
    record Peer(PeerId id, InetSocketAddress address) {}

    /** What an announce is answered with. */
    record Answer(int seeders, int leechers, List<Peer> peers) {}

    /** What a scrape is answered with. */
    record Counts(int seeders, int completed, int leechers) {}

    /** One peer of one swarm; the same client over IPv4 and IPv6 is two. */
    private record Key(PeerId id, boolean ipv6) {}

    private record Member(Peer peer, boolean seed, long seenNanos) {}

    private static final class Swarm {
        final Map<Key, Member> members = new LinkedHashMap<>();
        int completed;

        Counts counts() {
            int seeders = (int) members.values().stream().filter(Member::seed).count();
            return new Counts(seeders, completed, members.size() - seeders);
        }
    }

    private final Map<InfoHash, Swarm> swarms = new LinkedHashMap<>();
    private final TrackerServer.Settings settings;
    private final MonotonicClock clock;
    private final Duration memory;
    private int announces;

    TrackerServerSwarms(TrackerServer.Settings settings, MonotonicClock clock) {
        this.settings = settings;
        this.clock = clock;
        this.memory = settings.interval().multipliedBy(2);
    }

    /** Takes an announce; empty when there are too many swarms already. */
    synchronized Optional<Answer> announce(Announce announce) {
        forgetThoseWhoStayAway();
        Swarm swarm = swarms.get(announce.infoHash());
        if (swarm == null) {
            if (swarms.size() >= settings.swarms()) {
                return Optional.empty();
            }
            swarm = new Swarm();
            swarms.put(announce.infoHash(), swarm);
        }
        announces++;
        remember(swarm, announce);
        Counts counts = swarm.counts();
        List<Peer> peers = others(swarm, announce);
        if (swarm.members.isEmpty()) {
            swarms.remove(announce.infoHash());
        }
        return Optional.of(new Answer(counts.seeders(), counts.leechers(), peers));
    }

    /** What is known of one swarm; zeros when it is not. */
    synchronized Counts counts(InfoHash infoHash) {
        forgetThoseWhoStayAway();
        Swarm swarm = swarms.get(infoHash);
        return swarm == null ? new Counts(0, 0, 0) : swarm.counts();
    }

    synchronized int announces() {
        return announces;
    }

    private void remember(Swarm swarm, Announce announce) {
        Key key = new Key(announce.peerId(), announce.address().getAddress() instanceof Inet6Address);
        swarm.members.remove(key);
        if (!announce.stopped() && swarm.members.size() < settings.peers()) {
            Peer peer = new Peer(announce.peerId(), announce.address());
            swarm.members.put(key, new Member(peer, announce.seed(), clock.nanos()));
        }
        if (announce.completed()) {
            swarm.completed++;
        }
    }

    private static List<Peer> others(Swarm swarm, Announce announce) {
        if (announce.stopped() || announce.wanted() == 0) {
            return List.of();
        }
        List<Member> members = new ArrayList<>(swarm.members.values());
        List<Peer> peers = new ArrayList<>();
        for (int i = members.size() - 1; i >= 0 && peers.size() < announce.wanted(); i--) {
            Member member = members.get(i);
            boolean useless = announce.seed() && member.seed();
            if (!useless && !member.peer().id().equals(announce.peerId())) {
                peers.add(member.peer());
            }
        }
        return peers;
    }

    private void forgetThoseWhoStayAway() {
        long now = clock.nanos();
        Iterator<Swarm> all = swarms.values().iterator();
        while (all.hasNext()) {
            Swarm swarm = all.next();
            swarm.members.values().removeIf(member -> now - member.seenNanos() > memory.toNanos());
            if (swarm.members.isEmpty()) {
                all.remove();
            }
        }
    }
}
