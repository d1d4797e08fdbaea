package ahti.torrent.choking;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import ahti.core.ConnectionId;
import ahti.torrent.why.ChokeReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RoundRobinTest {
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration TURN = Duration.ofSeconds(60);

    private final RoundRobin rule = new RoundRobin(1_000, SHORT, TURN);

    @Test
    void whoWasGivenLeastComesFirst() {
        assertThat(rule.choose(List.of(waits(1, 50), waits(2, 7), waits(3, 90)), 1, false))
                .containsEntry(id(2), new ChokeReason.SlotByTurn(0, 1_000, 7, 1))
                .containsEntry(id(1), new ChokeReason.AwaitsTurn(1, 50, 1))
                .containsEntry(id(3), new ChokeReason.AwaitsTurn(2, 90, 1));
        assertThat(rule.next(List.of(waits(1, 50), waits(2, 7))).id()).isEqualTo(id(2));
    }

    @Test
    void aTurnIsNotBrokenOff() {
        Applicant served = holds(1, 999, TURN.minusSeconds(1));

        assertThat(unchoked(rule.choose(List.of(waits(2, 0), served), 1, true), 1))
                .isTrue();
    }

    @Test
    void aTurnEndsByBytesAndByTime() {
        for (Applicant served : List.of(holds(1, 1_000, Duration.ofSeconds(1)), holds(1, 1, TURN))) {
            Map<ConnectionId, ChokeReason> reasons = rule.choose(List.of(served, waits(2, 0)), 1, false);
            assertThat(unchoked(reasons, 1)).isFalse();
            assertThat(unchoked(reasons, 2)).isTrue();
        }
    }

    @Test
    void aTurnIsLongEnoughToGetUpToSpeed() {
        assertThat(unchoked(rule.choose(List.of(waits(2, 0), holds(1, 50_000, SHORT.minusMillis(1))), 1, false), 1))
                .isTrue();
    }

    @Test
    void aTurnGoesOnWhileNobodyElseWaits() {
        assertThat(unchoked(rule.choose(List.of(holds(1, 5_000, TURN)), 1, false), 1))
                .isTrue();
        assertThat(rule.choose(
                        List.of(new Applicant(id(9), false, 0, true, Optional.empty(), Applicant.Turn.NONE, false)),
                        1,
                        true))
                .containsEntry(id(9), new ChokeReason.NotInterested());
    }

    @Seeds(50)
    void nobodyIsServedTwiceBeforeAllWereServed(long seed) {
        Random random = new Random(seed);
        int peers = 3 + random.nextInt(20);
        int slots = 1 + random.nextInt(3);
        List<Given> given = new ArrayList<>();
        long[] total = new long[peers];
        boolean[] served = new boolean[peers];
        for (int i = 0; i < peers; i++) {
            given.add(new Given(16));
        }
        int rounds = 0;
        for (long now = 0;
                rounds < peers * 10 && !all(served);
                now += Duration.ofSeconds(10).toNanos(), rounds++) {
            long at = now;
            List<Applicant> applicants = new ArrayList<>();
            for (int i = 0; i < peers; i++) {
                applicants.add(new Applicant(
                        id(i), true, 0, false, Optional.empty(), given.get(i).turn(at), false));
            }
            Map<ConnectionId, ChokeReason> reasons = rule.choose(applicants, slots, false);
            for (int i = 0; i < peers; i++) {
                boolean slot = unchoked(reasons, i);
                given.get(i).hasSlot(slot, now);
                if (slot) {
                    total[i] += 1_000 + random.nextInt(100);
                    served[i] = true;
                }
                given.get(i).given(total[i]);
                given.get(i).roundOver();
            }
        }
        assertThat(rounds).isLessThanOrEqualTo((peers + slots - 1) / slots);
    }

    private static boolean unchoked(Map<ConnectionId, ChokeReason> reasons, int number) {
        return Objects.requireNonNull(reasons.get(id(number))).unchokes();
    }

    private static boolean all(boolean[] served) {
        for (boolean one : served) {
            if (!one) {
                return false;
            }
        }
        return true;
    }

    private static Applicant waits(int number, long recently) {
        return applicant(number, new Applicant.Turn(false, 0, Duration.ZERO, recently));
    }

    private static Applicant holds(int number, long given, Duration held) {
        return applicant(number, new Applicant.Turn(true, given, held, given));
    }

    private static Applicant applicant(int number, Applicant.Turn turn) {
        return new Applicant(id(number), true, 0, false, Optional.empty(), turn, false);
    }

    private static ConnectionId id(int number) {
        return new ConnectionId(number);
    }
}
