package ahti.net.place;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What others say our address is, of one family, one voice each. Believed only when several say the same and most of the latest
 * voters do: a single one can say anything.
 */
public final class ExternalVotes {
    /** Voters that must agree. */
    static final int LEAST = 4;

    /** Voters that are remembered, the latest. */
    static final int MOST = 30;

    private final Map<Voter, InetAddress> votes = new LinkedHashMap<>();
    private final Deque<Voter> order = new ArrayDeque<>();

    /** Somebody says where it saw us. */
    public void vote(Voter voter, InetAddress seen) {
        if (Addresses.isLocal(seen) || seen.isAnyLocalAddress() || seen.isMulticastAddress()) {
            return;
        }
        if (votes.put(voter, seen) == null) {
            order.add(voter);
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
