package ahti.tracker;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CycleTest {
    private final Cycle cycle = new Cycle(Announces.CONFIG, Announces.ZEROS);

    @Test
    void isStartedOnceTheTrackerHasAnswered() {
        assertThat(cycle.nextEvent()).isEqualTo(AnnounceEvent.STARTED);
        cycle.failed();
        assertThat(cycle.nextEvent()).isEqualTo(AnnounceEvent.STARTED);
        assertThat(cycle.isKnown()).isFalse();

        cycle.answered(AnnounceEvent.STARTED, 10, answer(1800, null));

        assertThat(cycle.nextEvent()).isEqualTo(AnnounceEvent.NONE);
        assertThat(cycle.isKnown()).isTrue();
    }

    @Test
    void owesCompletedUntilTheTrackerHasHeardIt() {
        cycle.answered(AnnounceEvent.STARTED, 10, answer(1800, null));
        cycle.completed();
        assertThat(cycle.nextEvent()).isEqualTo(AnnounceEvent.COMPLETED);
        cycle.failed();
        assertThat(cycle.nextEvent()).isEqualTo(AnnounceEvent.COMPLETED);

        cycle.answered(AnnounceEvent.COMPLETED, 0, answer(1800, null));

        assertThat(cycle.nextEvent()).isEqualTo(AnnounceEvent.NONE);
    }

    @Test
    void owesNoCompletedToATrackerThatNeverKnewUsIncomplete() {
        cycle.completed();
        assertThat(cycle.nextEvent()).isEqualTo(AnnounceEvent.STARTED);

        cycle.answered(AnnounceEvent.STARTED, 0, answer(1800, null));

        assertThat(cycle.nextEvent()).isEqualTo(AnnounceEvent.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        // what the tracker asks for, and what it gets, in seconds
        "1800, , 1800, 300",
        "1800, 900, 1800, 900",
        "1800, 10, 1800, 60",
        "1800, 3600, 3600, 3600",
        "120, , 120, 120",
        "0, 0, 60, 60",
        "-5, -5, 60, 60",
        "9223372036854775807, , 86400, 300",
        "9223372036854775807, 9223372036854775807, 86400, 86400",
        ", , 1800, 300"
    })
    void clampsWhatATrackerAsksFor(Long interval, Long minInterval, long regular, long soonest) {
        assertThat(cycle.answered(AnnounceEvent.STARTED, 1, answer(interval, minInterval)))
                .isEqualTo(new Cycle.Pauses(ofSeconds(regular), ofSeconds(soonest)));
    }

    @Test
    void doublesThePauseWithEachFailureUpToACapAndForgetsItOnSuccess() {
        assertThat(cycle.failed()).isEqualTo(ofSeconds(15));
        assertThat(cycle.failed()).isEqualTo(ofSeconds(30));
        assertThat(cycle.failed()).isEqualTo(ofMinutes(1));
        for (int i = 0; i < 100; i++) {
            cycle.failed();
        }
        assertThat(cycle.failed()).isEqualTo(ofMinutes(30));

        cycle.answered(AnnounceEvent.NONE, 1, answer(1800, null));

        assertThat(cycle.failed()).isEqualTo(ofSeconds(15));
    }

    @Seeds(50)
    void isLateByATwentiethAtMostAndNeverEarly(long seed) {
        Cycle jittering = new Cycle(Announces.CONFIG, new Random(seed));

        Duration regular =
                jittering.answered(AnnounceEvent.NONE, 1, answer(1800, null)).regular();

        assertThat(regular).isBetween(ofMinutes(30), ofSeconds(1890));
    }

    private static Outcome.Answer answer(Long interval, Long minInterval) {
        return new Outcome.Answer(
                Optional.ofNullable(interval).map(Duration::ofSeconds),
                Optional.ofNullable(minInterval).map(Duration::ofSeconds),
                OptionalInt.empty(),
                OptionalInt.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Outcome.Answer answer(int interval, Long minInterval) {
        return answer(Long.valueOf(interval), minInterval);
    }
}
