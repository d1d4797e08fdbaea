package ahti.tracker;

import ahti.net.PrivateNetworks;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What came of one errand. */
sealed interface Outcome {

    /**
     * The same, without peers in private networks if a tracker of the Internet names them: it would have us knock at devices
     * that only we can reach.
     */
    default Outcome believable(boolean ofInternet) {
        return this;
    }

    /**
     * The tracker's answer, as it stands: what it asks for may be absurd, and {@link Cycle} judges it.
     *
     * @param interval until the next regular announce; empty when it named none, not yet clamped
     * @param minInterval the least it allows; empty when it named none
     * @param warning cleaned
     * @param trackerId to be sent with the next announce; its bytes as Latin-1
     * @param seenAs our address as the tracker sees it (BEP 24)
     */
    record Answer(
            Optional<Duration> interval,
            Optional<Duration> minInterval,
            OptionalInt seeders,
            OptionalInt leechers,
            List<InetSocketAddress> peers,
            Optional<String> warning,
            Optional<String> trackerId,
            Optional<InetAddress> seenAs)
            implements Outcome {
        public Answer {
            peers = List.copyOf(peers);
        }

        @Override
        public Outcome believable(boolean ofInternet) {
            if (!ofInternet || peers.stream().noneMatch(peer -> PrivateNetworks.contain(peer.getAddress()))) {
                return this;
            }
            return new Answer(
                    interval,
                    minInterval,
                    seeders,
                    leechers,
                    peers.stream()
                            .filter(peer -> !PrivateNetworks.contain(peer.getAddress()))
                            .toList(),
                    warning,
                    trackerId,
                    seenAs);
        }
    }

    /**
     * The answer to a scrape; what the tracker does not say is empty.
     *
     * @param completed downloads that were completed since it began to count
     */
    record Counts(OptionalInt seeders, OptionalInt completed, OptionalInt leechers) implements Outcome {}

    /** No answer, or one that refuses. The reason is for people, and cleaned. */
    record Failure(String reason) implements Outcome {}
}
