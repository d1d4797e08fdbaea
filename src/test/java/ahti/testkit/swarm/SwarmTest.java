package ahti.testkit.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ahti.testkit.content.SimulatedTorrent;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Swarms of real engines: what a run tells. */
@Timeout(300)
class SwarmTest {
    private static final int MEBI = 1024 * 1024;

    @Test
    void oneLeecherGetsEverythingFromOneSeedAtItsUplink() {
        SwarmResult result = Swarm.seed(1).piecesOf(64 * 1024).pieces(32).run();
        assertThat(result.bytes("seed-1", "leecher-1")).isEqualTo(2L * MEBI);
        assertThat(result.uploaded("seed-1")).isEqualTo(2L * MEBI);
        assertThat(result.downloaded("leecher-1")).isEqualTo(2L * MEBI);
        assertThat(result.duplicateBytes()).isZero();
        assertThat(result.lastFinish()).isBetween(Duration.ofSeconds(2), Duration.ofMillis(2500));
        assertThat(result.choking())
                .extracting(SwarmResult.Choking::by, SwarmResult.Choking::whom, SwarmResult.Choking::choked)
                .contains(org.assertj.core.groups.Tuple.tuple("seed-1", "leecher-1", false));
    }

    @Test
    void leechersFeedEachOther() {
        SwarmResult result = Swarm.seed(42)
                .seeds(2)
                .leechers(20)
                .piecesOf(64 * 1024)
                .pieces(32)
                .run();
        assertThat(result.unfinished()).isEmpty();
        assertThat(result.finishes()).hasSize(20);
        long fromSeeds = result.uploaded("seed-1") + result.uploaded("seed-2");
        assertThat(fromSeeds).isLessThan(20L * MEBI);
        assertThat(result.fairness()).isBetween(0.8, 1.0);
    }

    @Test
    void anHourOfASwarmAtRestIsSoonOver() {
        try (SwarmRun run = Swarm.seed(3).seeds(5).leechers(0).begin()) {
            run.pass(Duration.ofHours(1));
            assertThat(run.time().now()).isEqualTo(Duration.ofHours(1));
            assertThat(run.result().payload().values())
                    .allSatisfy(from -> assertThat(from).isEmpty());
        }
    }

    @Test
    void aSwarmWithoutASeedSaysWhoLacksWhatAndHowToSeeItAgain() {
        Swarm nobody =
                Swarm.seed(5).seeds(0).leechers(2).within(Duration.ofMinutes(1)).again("this very test");
        assertThatThrownBy(nobody::run)
                .isInstanceOf(BrokenRule.class)
                .hasMessageContaining("not complete after PT1M")
                .hasMessageContaining("leecher-1 has 0 of 32 pieces")
                .hasMessageContaining("Swarm.seed(5).seeds(0).leechers(2)")
                .hasMessageContaining("Run it again: this very test");
    }

    @Test
    void aTorrentOfSeveralFilesArrivesWhole() {
        Swarm swarm = Swarm.seed(6)
                .leechers(3)
                .torrent(SimulatedTorrent.piecesOf(32 * 1024)
                        .file("one", 100_000)
                        .file("empty", 0)
                        .file("deep/two", 33_333));
        try (SwarmRun run = swarm.begin()) {
            run.untilComplete(Duration.ofMinutes(5));
            assertThat(run.members()).allMatch(member -> member.pieces().isFull());
        }
    }

    @Test
    void whoIsKilledGoesOnWithWhatItHadStored() {
        try (SwarmRun run = Swarm.seed(7).pieces(64).begin()) {
            Member leecher = run.member("leecher-1");
            run.until(() -> leecher.pieces().count() >= 20, Duration.ofMinutes(1));
            leecher.kill();
            int stored = leecher.pieces().count();
            run.pass(Duration.ofSeconds(10));
            assertThat(leecher.isUp()).isFalse();
            assertThat(leecher.pieces().count()).isEqualTo(stored).isGreaterThanOrEqualTo(20);
            leecher.start();
            run.untilComplete(Duration.ofMinutes(10));
            long length = run.torrent().content().length();
            assertThat(run.result().downloaded("leecher-1")).isBetween(length, length + 20 * 64 * 1024);
        }
    }

    /** Two engines under one name, once: the second had no lock, and what the first did was nobody's. Scenario 9384. */
    @Test
    void startedTwiceInOneMomentItIsOneEngine() {
        try (SwarmRun run = Swarm.seed(7).begin()) {
            Member leecher = run.member("leecher-1");
            run.pass(Duration.ofMillis(300));
            leecher.kill();
            run.pass(Duration.ofSeconds(1));
            leecher.start();
            leecher.start();
            run.pass(Duration.ofSeconds(1));
            assertThat(leecher.torrent()).isPresent();

            leecher.kill();
            leecher.start();
            leecher.kill();
            assertThat(leecher.isUp()).isFalse();
            run.pass(Duration.ofSeconds(1));
            assertThat(leecher.torrent()).isEmpty();
            leecher.start();
            run.untilComplete(Duration.ofMinutes(5));
        }
    }

    @Test
    void aPartitionThatHealsHealsTheSwarm() {
        try (SwarmRun run = Swarm.seed(8).leechers(6).pieces(64).begin()) {
            run.pass(Duration.ofSeconds(1));
            var partition = run.network().partition(host -> host.name().compareTo("leecher-4") < 0);
            run.pass(Duration.ofMinutes(10));
            assertThat(run.result().unfinished()).isNotEmpty();
            partition.heal();
            run.untilComplete(Duration.ofMinutes(40));
        }
    }
}
