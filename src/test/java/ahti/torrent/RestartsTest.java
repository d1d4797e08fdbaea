package ahti.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.config.EngineConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestartsTest {
    private static final EngineConfig CONFIG = new EngineConfig(
            5, Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofMinutes(10), 1, 1, Duration.ofSeconds(1), 1);

    @Test
    void thePauseDoublesUpToTheLongestAndThenItIsGivenUp() {
        Restarts restarts = new Restarts(CONFIG);
        List<Long> pauses = new ArrayList<>();
        Optional<Duration> pause = restarts.failed(0);
        while (pause.isPresent()) {
            pauses.add(pause.get().toSeconds());
            assertThat(restarts.number()).isEqualTo(pauses.size());
            pause = restarts.failed(0);
        }

        assertThat(pauses).containsExactly(1L, 2L, 4L, 5L, 5L);
    }

    @Test
    void whoeverRanForLongBeginsToCountAnew() {
        Restarts restarts = new Restarts(CONFIG);
        restarts.failed(0);
        restarts.began(0);
        assertThat(restarts.failed(minutes(10) - 1)).contains(Duration.ofSeconds(2));
        restarts.began(minutes(10));

        assertThat(restarts.failed(minutes(20))).contains(Duration.ofSeconds(1));
        assertThat(restarts.number()).isEqualTo(1);
    }

    @Test
    void withoutRestartsTheFirstBugIsTheLast() {
        Restarts restarts = new Restarts(new EngineConfig(
                0,
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofMinutes(10),
                1,
                1,
                Duration.ofSeconds(1),
                1));

        assertThat(restarts.failed(minutes(60))).isEmpty();
    }

    private static long minutes(int minutes) {
        return Duration.ofMinutes(minutes).toNanos();
    }
}
