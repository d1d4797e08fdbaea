package ahti.testkit.tracker;

import ahti.core.InfoHash;
import ahti.core.MonotonicClock;
import ahti.core.PeerId;
import ahti.testkit.tracker.TrackerAnswer.Peer;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Who is in which swarm, as far as a tracker knows. Bounded, and safe to use from any thread.
 *
 * <p>Peers stand in the order of their last announce, oldest first: that is what makes forgetting cheap. One that stays away
 * for twice the interval is forgotten.
 */
final class TrackerSwarms {

    /**
     * How much it knows at most.
     *
     * @param interval what it asks of clients
     * @param swarms further ones are refused
     * @param peers of one swarm; further ones get answers but are not remembered
     */
    record Bounds(Duration interval, int swarms, int peers) {}

    /** Which of the peers that may be of use are handed out. */
    @FunctionalInterface
    interface Choice {
        /** Chooses among {@code peers}, latest announce first, which may be reordered. */
        List<Peer> choose(List<Peer> peers, int wanted);
    }

    /** The ones last heard of are the ones most likely to be there. */
    static final Choice LATEST_FIRST = (peers, wanted) -> peers.subList(0, Math.min(wanted, peers.size()));

    /** Any of them, by lot. */
    static Choice byLot(RandomGenerator random) {
        return (peers, wanted) -> {
            int chosen = Math.min(wanted, peers.size());
            for (int i = 0; i < chosen; i++) {
                Collections.swap(peers, i, random.nextInt(i, peers.size()));
            }
            return peers.subList(0, chosen);
        };
    }

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
    private final Bounds bounds;
    private final MonotonicClock clock;
    private final Choice choice;
    private int announces;

    TrackerSwarms(Bounds bounds, MonotonicClock clock, Choice choice) {
        this.bounds = bounds;
        this.clock = clock;
        this.choice = choice;
    }

    /** Takes an announce, and hands out so many peers at most; empty when there are too many swarms already. */
    synchronized Optional<TrackerAnswer> announce(HeardAnnounce announce, int wanted) {
        forgetThoseWhoStayAway();
        Swarm swarm = swarms.get(announce.infoHash());
        if (swarm == null) {
            if (swarms.size() >= bounds.swarms()) {
                return Optional.empty();
            }
            swarm = new Swarm();
            swarms.put(announce.infoHash(), swarm);
        }
        announces++;
        remember(swarm, announce);
        Counts counts = swarm.counts();
        List<Peer> peers =
                announce.isStopped() || wanted == 0 ? List.of() : choice.choose(others(swarm, announce), wanted);
        if (swarm.members.isEmpty()) {
            swarms.remove(announce.infoHash());
        }
        return Optional.of(new TrackerAnswer(bounds.interval(), counts.seeders(), counts.leechers(), peers));
    }

    /** What is known of one swarm; zeros when it is not. */
    synchronized Counts counts(InfoHash infoHash) {
        forgetThoseWhoStayAway();
        Swarm swarm = swarms.get(infoHash);
        return swarm == null ? new Counts(0, 0, 0) : swarm.counts();
    }

    /** Where those of one swarm are. */
    synchronized List<InetSocketAddress> addresses(InfoHash infoHash) {
        forgetThoseWhoStayAway();
        Swarm swarm = swarms.get(infoHash);
        return swarm == null
                ? List.of()
                : swarm.members.values().stream()
                        .map(member -> member.peer().address())
                        .toList();
    }

    synchronized int announces() {
        return announces;
    }

    private void remember(Swarm swarm, HeardAnnounce announce) {
        Key key = new Key(announce.peerId(), announce.peer().getAddress() instanceof Inet6Address);
        swarm.members.remove(key);
        if (!announce.isStopped() && swarm.members.size() < bounds.peers()) {
            Peer peer = new Peer(announce.peerId(), announce.peer());
            swarm.members.put(key, new Member(peer, announce.isSeed(), clock.nanos()));
        }
        if (announce.isCompleted()) {
            swarm.completed++;
        }
    }

    private static List<Peer> others(Swarm swarm, HeardAnnounce announce) {
        List<Peer> peers = new ArrayList<>();
        for (Member member : swarm.members.values()) {
            boolean useless = announce.isSeed() && member.seed();
            if (!useless && !member.peer().id().equals(announce.peerId())) {
                peers.add(member.peer());
            }
        }
        Collections.reverse(peers);
        return peers;
    }

    private void forgetThoseWhoStayAway() {
        long now = clock.nanos();
        long memory = bounds.interval().multipliedBy(2).toNanos();
        Iterator<Swarm> all = swarms.values().iterator();
        while (all.hasNext()) {
            Swarm swarm = all.next();
            swarm.members.values().removeIf(member -> now - member.seenNanos() > memory);
            if (swarm.members.isEmpty()) {
                all.remove();
            }
        }
    }
}
