package ahti.dht.table;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What others say our address is (BEP 42), one voice per origin. Believed only when several say the same and most of the
 * latest voters do: a single node can say anything.
 */
public final class ExternalVotes {
    /** Voters that must agree. */
    static final int LEAST = 4;

    /** Voters that are remembered, the latest. */
    static final int MOST = 30;

    private final Map<Origin, InetAddress> votes = new LinkedHashMap<>();
    private final Deque<Origin> order = new ArrayDeque<>();

    /** A node answered us, and said where our query came from. */
    public void vote(InetSocketAddress voter, InetAddress seen) {
        if (Addresses.isLocal(seen) || seen.isAnyLocalAddress() || seen.isMulticastAddress()) {
            return;
        }
        Origin origin = Origin.of(voter);
        if (votes.put(origin, seen) == null) {
            order.add(origin);
        }
        if (order.size() > MOST) {
            votes.remove(order.remove());
        }
    }

    /** The address that most agree on; empty while there is none. */
    public Optional<InetAddress> elected() {
        Map<InetAddress, Integer> counts = new LinkedHashMap<>();
        votes.values().forEach(seen -> counts.merge(seen, 1, Integer::sum));
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= LEAST && 2 * entry.getValue() > votes.size())
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
