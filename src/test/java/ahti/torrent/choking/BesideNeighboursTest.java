package ahti.torrent.choking;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.ConnectionId;
import ahti.torrent.why.ChokeReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BesideNeighboursTest {
    private final SlotRule rule =
            new BesideNeighbours(new RoundRobin(1_000, Duration.ofSeconds(1), Duration.ofSeconds(60)));

    @Test
    void neighboursAreServedHoweverManyAndTakeNoSlot() {
        Map<ConnectionId, ChokeReason> reasons = rule.choose(
                List.of(wants(1, true), wants(2, false), wants(3, true), wants(4, false), wants(5, true)), 1, false);

        assertThat(reasons)
                .containsEntry(id(1), new ChokeReason.Neighbour())
                .containsEntry(id(3), new ChokeReason.Neighbour())
                .containsEntry(id(5), new ChokeReason.Neighbour())
                .containsEntry(id(2), new ChokeReason.SlotByTurn(0, 1_000, 0, 1))
                .containsEntry(id(4), new ChokeReason.AwaitsTurn(1, 0, 1));
    }

    @Test
    void aNeighbourThatWantsNothingIsChoked() {
        assertThat(rule.choose(List.of(applicant(1, false, true)), 1, false))
                .containsEntry(id(1), new ChokeReason.NotInterested());
    }

    @Test
    void theRestIsAsTheOtherRuleSays() {
        assertThat(rule.hasTurns()).isTrue();
        assertThat(rule.next(List.of(wants(4, false), wants(2, false))).id()).isEqualTo(id(2));
    }

    private static Applicant wants(int number, boolean neighbour) {
        return applicant(number, true, neighbour);
    }

    private static Applicant applicant(int number, boolean interested, boolean neighbour) {
        return new Applicant(id(number), interested, 0, false, Optional.empty(), Applicant.Turn.NONE, neighbour);
    }

    private static ConnectionId id(int number) {
        return new ConnectionId(number);
    }
}
