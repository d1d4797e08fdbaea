package ahti.testkit.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ahti.Seeds;
import ahti.core.InfoHash;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Swarms whose members know nobody at first, and find each other through a tracker. */
@Timeout(300)
class TrackedSwarmTest {
    private static final Duration LIMIT = Duration.ofHours(2);

    private static Swarm swarm(long seed, boolean udp) {
        Swarm swarm = Swarm.seed(seed).seeds(1).leechers(6);
        return udp ? swarm.udpTracker() : swarm.tracker();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void membersFindEachOtherAndTheTrackerCountsThem(boolean udp) {
        try (SwarmRun run = swarm(1, udp).arrivingWithin(Duration.ofMinutes(1)).begin()) {
            InfoHash torrent = run.torrent().metainfo().infoHash();
            run.untilComplete(LIMIT).pass(Duration.ofSeconds(5));

            assertThat(run.tracker().seeders(torrent)).isEqualTo(7);
            assertThat(run.tracker().leechers(torrent)).isZero();
            assertThat(run.tracker().completed(torrent)).isEqualTo(6);
            run.member("leecher-3").stop();
            run.pass(Duration.ofSeconds(5));
            assertThat(run.tracker().seeders(torrent)).isEqualTo(6);
        }
    }

    @Seeds(6)
    void aTrackerThatIsAwayForAWhileOnlyDelaysTheSwarm(long seed) {
        try (SwarmRun run = swarm(seed, seed % 2 == 0).begin()) {
            run.tracker().host().vanish();
            run.pass(Duration.ofMinutes(10));
            assertThat(run.network().connections()).isEmpty();
            assertThat(run.result().unfinished()).hasSize(6);
            run.tracker().host().isBack();

            run.untilComplete(LIMIT).pass(Duration.ofSeconds(5));
            InfoHash torrent = run.torrent().metainfo().infoHash();
            assertThat(run.tracker().seeders(torrent)).isEqualTo(7);
        }
    }

    @Test
    void aSwarmWithoutATrackerSaysSo() {
        try (SwarmRun run = Swarm.seed(1).begin()) {
            assertThatThrownBy(run::tracker).hasMessage("this swarm has no tracker: see Swarm.tracker");
        }
    }
}
