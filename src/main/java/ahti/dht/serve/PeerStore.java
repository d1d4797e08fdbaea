package ahti.dht.serve;

import ahti.config.DhtConfig;
import ahti.dht.krpc.NodeId;
import ahti.net.place.Origin;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Who announced that they share what, for as long as an announce is good.
 *
 * <p>Bounded by {@code ahti.dht}: info hashes, peers of one, peers of one origin for one. When there are too many info
 * hashes, the one with the fewest peers goes, the oldest of them first; when there are too many peers, the oldest goes.
 */
final class PeerStore {
    /** Between two looks at all that is kept: who announces one torrent after the other must not make us look each time. */
    private static final long SWEEP = TimeUnit.MINUTES.toNanos(1);

    private final DhtConfig config;
    private long nextSweep = Long.MIN_VALUE;
    /** Of each info hash its peers, the one that announced longest ago first, with the time of the announce. */
    private final Map<NodeId, LinkedHashMap<InetSocketAddress, Long>> announced = new LinkedHashMap<>();

    PeerStore(DhtConfig config) {
        this.config = config;
    }

    void add(NodeId infoHash, InetSocketAddress peer, long now) {
        if (!announced.containsKey(infoHash) && announced.size() >= config.maxHashes()) {
            makeRoom(now);
        }
        LinkedHashMap<InetSocketAddress, Long> peers =
                announced.computeIfAbsent(infoHash, hash -> new LinkedHashMap<>());
        peers.remove(peer);
        Origin origin = Origin.of(peer);
        List<InetSocketAddress> neighbours = peers.keySet().stream()
                .filter(other -> Origin.of(other).equals(origin))
                .toList();
        if (neighbours.size() >= config.peersPerAddress()) {
            peers.remove(neighbours.get(0));
        } else if (peers.size() >= config.maxPeers()) {
            peers.remove(peers.keySet().iterator().next());
        }
        peers.put(peer, now);
    }

    private void makeRoom(long now) {
        if (now >= nextSweep) {
            announced.values().forEach(peers -> expire(peers, now));
            announced.values().removeIf(Map::isEmpty);
            nextSweep = now + SWEEP;
        }
        if (announced.size() >= config.maxHashes()) {
            announced.entrySet().stream()
                    .min(Comparator.comparingInt(entry -> entry.getValue().size()))
                    .map(Map.Entry::getKey)
                    .ifPresent(announced::remove);
        }
    }

    /** Up to {@code most} peers, by lot. */
    List<InetSocketAddress> some(NodeId infoHash, int most, RandomGenerator random, long now) {
        LinkedHashMap<InetSocketAddress, Long> peers = announced.get(infoHash);
        if (peers == null) {
            return List.of();
        }
        expire(peers, now);
        if (peers.isEmpty()) {
            announced.remove(infoHash);
            return List.of();
        }
        List<InetSocketAddress> all = new ArrayList<>(peers.keySet());
        int count = Math.min(most, all.size());
        for (int i = 0; i < count; i++) {
            int chosen = random.nextInt(i, all.size());
            InetSocketAddress peer = all.set(chosen, all.get(i));
            all.set(i, peer);
        }
        return List.copyOf(all.subList(0, count));
    }

    private void expire(Map<InetSocketAddress, Long> peers, long now) {
        peers.values().removeIf(time -> now - time >= config.peerLifetime().toNanos());
    }

    /** Info hashes. */
    int size() {
        return announced.size();
    }
}
