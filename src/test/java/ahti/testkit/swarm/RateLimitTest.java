package ahti.testkit.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.RateLimits;
import ahti.torrent.Torrent;
import java.time.Duration;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rate limits of real engines, measured at the other end, in virtual time: exact. */
@Timeout(120)
class RateLimitTest {
    private static final String SEED = "seed-1";
    private static final String LEECHER = "leecher-1";
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(500);

    private static Swarm fast(int pieceLength, int pieces) {
        return Swarm.seed(1).rates(0, 0).seedRate(0).piecesOf(pieceLength).pieces(pieces);
    }

    /** Bytes per second that arrive. */
    private static double measured(SwarmRun run, Duration time) {
        long before = run.result().bytes(SEED, LEECHER);
        run.pass(time);
        return (run.result().bytes(SEED, LEECHER) - before) * 1000.0 / time.toMillis();
    }

    @ParameterizedTest
    @CsvSource({"down, 51200, 60", "up, 51200, 60", "down, 7000, 250", "up, 300000, 30"})
    void aSlowLimitIsKept(String direction, long rate, long seconds) {
        try (SwarmRun run = fast(256 * 1024, 64)
                .set("ahti.rates." + direction + " = " + rate)
                .begin()) {
            run.pass(WARM_UP);
            assertThat(measured(run, Duration.ofSeconds(seconds)))
                    .isCloseTo((double) rate, Percentage.withPercentage(2));
        }
    }

    @ParameterizedTest
    @CsvSource({"down", "up"})
    void aFastLimitIsKept(String direction) {
        long rate = 50 * 1024 * 1024;
        try (SwarmRun run = fast(1024 * 1024, 200)
                .path(ahti.testkit.net.Path.of(Duration.ofMillis(5)))
                .set("ahti.rates." + direction + " = 50M")
                .begin()) {
            run.pass(Duration.ofSeconds(1));
            assertThat(measured(run, Duration.ofSeconds(2))).isCloseTo((double) rate, Percentage.withPercentage(2));
        }
    }

    @Test
    void severalPeersTogetherKeepTheLimit() {
        try (SwarmRun run =
                fast(256 * 1024, 96).seeds(10).set("ahti.rates.down = 100K").begin()) {
            run.pass(WARM_UP);
            long before = fetched(run);
            // Ten blocks come at about the same moment: long enough for many of them.
            run.pass(Duration.ofSeconds(160));
            assertThat((fetched(run) - before) / 160.0).isCloseTo(102_400, Percentage.withPercentage(3));
        }
    }

    private static long fetched(SwarmRun run) {
        return run.result().downloaded(LEECHER);
    }

    @Test
    void aTorrentsLimitChangesWhileItRuns() {
        try (SwarmRun run = fast(256 * 1024, 400).begin()) {
            run.pass(SHORT);
            limit(run, 100_000);
            run.pass(WARM_UP);
            assertThat(measured(run, WARM_UP)).isCloseTo(100_000, Percentage.withPercentage(2));
            limit(run, 400_000);
            run.pass(SHORT);
            assertThat(measured(run, WARM_UP)).isCloseTo(400_000, Percentage.withPercentage(2));
            limit(run, 0);
            run.untilComplete(Duration.ofSeconds(20));
        }
    }

    private static void limit(SwarmRun run, long rate) {
        run.member(LEECHER).torrent().orElseThrow().tell(new Torrent.SetLimits(RateLimits.NONE.down(rate)));
    }
}
