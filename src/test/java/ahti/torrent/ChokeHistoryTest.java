package ahti.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.torrent.why.ChokeDecision;
import ahti.torrent.why.ChokeReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChokeHistoryTest {
    private final ChokeHistory history = new ChokeHistory(0);

    @Test
    void everyPeerBeginsChokedForItIsNotInterested() {
        assertThat(history.isChoked()).isTrue();
        assertThat(history.list(7)).containsExactly(new ChokeDecision(new ChokeReason.NotInterested(), nanos(7)));
    }

    @Test
    void aDecisionThatIsRepeatedKeepsItsAgeAndTakesTheNewestInputs() {
        history.add(new ChokeReason.SlotByRate(place(1, 500), 5), 10);
        history.add(new ChokeReason.SlotByRate(place(2, 400), 5), 20);

        assertThat(history.isChoked()).isFalse();
        assertThat(history.list(30))
                .containsExactly(
                        new ChokeDecision(new ChokeReason.NotInterested(), nanos(30)),
                        new ChokeDecision(new ChokeReason.SlotByRate(place(2, 400), 5), nanos(20)));
    }

    @Test
    void onlyTheLastFewAreRemembered() {
        for (int round = 1; round <= 1_000; round++) {
            history.add(round % 2 == 0 ? new ChokeReason.NotInterested() : new ChokeReason.SlotByLot(1, round), round);
        }

        assertThat(history.list(1_000))
                .extracting(decision -> decision.since().toNanos())
                .containsExactly(3L, 2L, 1L, 0L)
                .hasSize(ChokeHistory.REMEMBERED);
    }

    private static ChokeReason.Place place(int rank, long rate) {
        return new ChokeReason.Place(rank, 9, rate, ChokeReason.Measure.SENDS_US);
    }

    private static Duration nanos(long nanos) {
        return Duration.ofNanos(nanos);
    }
}
