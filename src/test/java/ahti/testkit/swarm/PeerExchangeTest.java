package ahti.testkit.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import ahti.testkit.content.SimulatedTorrent;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;

/** Leechers who know the seed and nobody else. */
@Timeout(300)
class PeerExchangeTest {
    private static final int LEECHERS = 8;

    private static Swarm swarm(long seed) {
        return Swarm.seed(seed)
                .leechers(LEECHERS)
                .knowing(1)
                .seedRate(256 * 1024)
                .within(Duration.ofHours(2));
    }

    private static long amongLeechers(SwarmResult result) {
        List<String> names = IntStream.rangeClosed(1, LEECHERS)
                .mapToObj(number -> "leecher-" + number)
                .toList();
        return names.stream()
                .flatMapToLong(from -> names.stream().mapToLong(to -> result.bytes(from, to)))
                .sum();
    }

    @Seeds(4)
    void findEachOtherBecauseTheSeedTells(long seed) {
        SwarmResult result = swarm(seed).run();

        assertThat(amongLeechers(result)).isPositive();
        assertThat(result.digest()).isEqualTo(swarm(seed).run().digest());
    }

    @Seeds(2)
    void whenTheTorrentIsPrivateNobodyTells(long seed) {
        SwarmResult result = swarm(seed)
                .torrent(SimulatedTorrent.piecesOf(64 * 1024).pieces(32).isPrivate())
                .run();

        assertThat(amongLeechers(result)).isZero();
    }

    @Seeds(2)
    void whenTheUserSaysNoNobodyTells(long seed) {
        SwarmResult result = swarm(seed).set("ahti.discovery.pex = off").run();

        assertThat(amongLeechers(result)).isZero();
    }
}
