package ahti.torrent.exchange;

import ahti.core.PeerContact;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one peer was told of others (BEP 11), and when there is more to tell: only what has changed since, once a minute at most.
 * Decides only: time is handed in.
 */
public final class Gossip {
    /** Between two messages. */
    static final Duration PACE = Duration.ofMinutes(1);

    /** Contacts in one message, added and dropped each; BEP 11 forbids more but for the first. What is left comes in the next. */
    static final int MOST = 50;

    /** When there was nothing to tell: how long until it is worth another look. */
    static final Duration AGAIN = Duration.ofSeconds(5);

    private final Set<InetSocketAddress> told = new LinkedHashSet<>();
    private long notBefore = Long.MIN_VALUE;

    /** What is new to the peer: who is here that was not, and who is not any more. */
    public record News(List<PeerContact> added, List<InetSocketAddress> dropped) {}

    /** Whether it may be told something now. */
    public boolean isDue(long nowNanos) {
        return nowNanos >= notBefore;
    }

    /** What to tell now, which counts as told; empty when there is nothing new. {@code present}: the others who are here. */
    public Optional<News> next(Map<InetSocketAddress, PeerContact> present, long nowNanos) {
        List<PeerContact> added = new ArrayList<>();
        for (Map.Entry<InetSocketAddress, PeerContact> entry : present.entrySet()) {
            if (added.size() < MOST && !told.contains(entry.getKey())) {
                added.add(entry.getValue());
            }
        }
        List<InetSocketAddress> dropped = told.stream()
                .filter(address -> !present.containsKey(address))
                .limit(MOST)
                .toList();
        boolean isNothing = added.isEmpty() && dropped.isEmpty();
        notBefore = nowNanos + (isNothing ? AGAIN : PACE).toNanos();
        if (isNothing) {
            return Optional.empty();
        }
        dropped.forEach(told::remove);
        added.forEach(contact -> told.add(contact.address()));
        return Optional.of(new News(List.copyOf(added), dropped));
    }
}
