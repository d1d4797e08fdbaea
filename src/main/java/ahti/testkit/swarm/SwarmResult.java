package ahti.testkit.swarm;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of a swarm. All times are virtual, since its beginning.
 *
 * @param seed what it was run from
 * @param finishes when each leecher had everything, in the order of the members
 * @param unfinished leechers that did not
 * @param payload bytes of blocks that each member received, by who received and who sent
 * @param duplicates bytes of blocks received by members that had them already
 * @param choking who choked and unchoked whom when; the first million changes
 * @param lasted until the run ended
 * @param digest of everything that crossed the network, with its times: equal for equal runs
 * @param facts how many things the digest is of
 */
public record SwarmResult(
        long seed,
        Map<String, Duration> finishes,
        List<String> unfinished,
        Map<String, Map<String, Long>> payload,
        Map<String, Long> duplicates,
        List<Choking> choking,
        Duration lasted,
        String digest,
        long facts) {

    /** One change: {@code by} choked {@code whom}, or unchoked it. */
    public record Choking(Duration at, String by, String whom, boolean choked) {}

    public SwarmResult {
        finishes = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(finishes));
        unfinished = List.copyOf(unfinished);
        payload = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(payload));
        duplicates = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(duplicates));
        choking = List.copyOf(choking);
    }

    /** Bytes that one member received from another. */
    public long bytes(String from, String to) {
        return payload.getOrDefault(to, Map.of()).getOrDefault(from, 0L);
    }

    /** Bytes that a member received. */
    public long downloaded(String name) {
        return sum(payload.getOrDefault(name, Map.of()).values());
    }

    /** Bytes that a member sent, as far as they arrived. */
    public long uploaded(String name) {
        return payload.values().stream()
                .mapToLong(froms -> froms.getOrDefault(name, 0L))
                .sum();
    }

    /** Bytes received in vain, over all members. */
    public long duplicateBytes() {
        return sum(duplicates.values());
    }

    /** When the last leecher had everything. */
    public Duration lastFinish() {
        return finishes.values().stream().max(Duration::compareTo).orElse(Duration.ZERO);
    }

    /**
     * Jain's index of the times that leechers took, counted from the beginning: 1 when all finish together, 1/n when one is
     * served and all others wait.
     */
    public double fairness() {
        double sum = 0;
        double squares = 0;
        for (Duration finish : finishes.values()) {
            double rate = 1 / Math.max(1e-9, finish.toNanos() / 1e9);
            sum += rate;
            squares += rate * rate;
        }
        return finishes.isEmpty() ? 1 : sum * sum / (finishes.size() * squares);
    }

    private static long sum(Collection<Long> values) {
        return values.stream().mapToLong(Long::longValue).sum();
    }
}
