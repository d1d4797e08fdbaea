package ahti.testkit.tracker;

import ahti.core.PeerId;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * What an announce is answered with.
 *
 * @param interval until the next announce, in whole seconds
 * @param seeders peers that have everything
 * @param leechers peers that have not
 */
public record TrackerAnswer(Duration interval, int seeders, int leechers, List<Peer> peers) {

    /** A peer as it is handed out. */
    public record Peer(PeerId id, InetSocketAddress address) {}

    public TrackerAnswer {
        peers = List.copyOf(peers);
    }

    /** These peers, all of them leechers of no particular id. */
    public static TrackerAnswer of(Duration interval, List<InetSocketAddress> peers) {
        return new TrackerAnswer(
                interval,
                0,
                peers.size(),
                peers.stream()
                        .map(address -> new Peer(PeerId.of(new byte[PeerId.LENGTH]), address))
                        .toList());
    }
}
