package ahti.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.ConnectionId;
import ahti.torrent.Choker.Applicant;
import ahti.torrent.why.ChokeReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ChokerTest {
    private final Choker choker = new Choker(new Random(1));

    @Test
    void everyInterestedPeerIsServedWhileThereIsRoom() {
        assertThat(unchoked(List.of(peer(1, true, 0), peer(2, false, 9), peer(3, true, 5)), 4, false))
                .containsExactlyInAnyOrder(id(1), id(3));
    }

    @Test
    void theFastestGetTheSlotsAndOneMoreIsDrawn() {
        List<Applicant> applicants = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            applicants.add(peer(i, true, i * 100L));
        }

        Set<ConnectionId> chosen = unchoked(applicants, 5, true);

        assertThat(chosen).hasSize(5).contains(id(19), id(18), id(17), id(16));
    }

    @Test
    void thePeerDrawnStaysUntilTheNextDraw() {
        List<Applicant> applicants = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            applicants.add(peer(i, true, i));
        }
        Set<ConnectionId> first = unchoked(applicants, 5, true);

        for (int round = 0; round < 10; round++) {
            assertThat(unchoked(applicants, 5, false)).isEqualTo(first);
        }
    }

    @Test
    void everyPeerIsDrawnSoonerOrLaterAndNewcomersThreeTimesAsOften() {
        List<Applicant> applicants = new ArrayList<>();
        applicants.add(new Applicant(id(100), true, 1_000, false));
        applicants.add(new Applicant(id(0), true, 0, true));
        for (int i = 1; i < 10; i++) {
            applicants.add(peer(i, true, 0));
        }
        int[] drawn = new int[10];

        for (int round = 0; round < 6_000; round++) {
            for (ConnectionId chosen : unchoked(applicants, 2, true)) {
                if (chosen.number() < 10) {
                    drawn[chosen.number()]++;
                }
            }
        }

        assertThat(java.util.Arrays.stream(drawn)).allMatch(times -> times > 300);
        assertThat(drawn[0]).isBetween(1_300, 1_700);
    }

    @Test
    void everyDecisionComesWithWhatItWasMadeFrom() {
        List<Applicant> applicants =
                List.of(peer(1, true, 900), peer(2, true, 500), peer(3, false, 0), new Applicant(id(4), true, 0, true));

        Map<ConnectionId, ChokeReason> reasons = choker.choose(applicants, 2, true, ChokeReason.Measure.TAKES_FROM_US);

        assertThat(reasons)
                .containsOnlyKeys(id(1), id(2), id(3), id(4))
                .containsEntry(id(1), new ChokeReason.SlotByRate(place(1, 900), 2))
                .containsEntry(id(3), new ChokeReason.NotInterested());
        boolean newcomerWon = reasons.get(id(4)).unchokes();
        assertThat(reasons.get(newcomerWon ? id(4) : id(2)))
                .isEqualTo(new ChokeReason.SlotByLot(newcomerWon ? 3 : 1, 4));
        assertThat(reasons.get(newcomerWon ? id(2) : id(4)))
                .isEqualTo(new ChokeReason.Outranked(newcomerWon ? place(2, 500) : place(3, 0), 2));
    }

    @Test
    void whoeverFitsHasASlotByRate() {
        assertThat(choker.choose(List.of(peer(1, true, 0)), 5, true, ChokeReason.Measure.SENDS_US))
                .containsEntry(
                        id(1),
                        new ChokeReason.SlotByRate(new ChokeReason.Place(1, 1, 0, ChokeReason.Measure.SENDS_US), 5));
    }

    private static ChokeReason.Place place(int rank, long rate) {
        return new ChokeReason.Place(rank, 3, rate, ChokeReason.Measure.TAKES_FROM_US);
    }

    @Test
    void anOptimisticPeerThatLostInterestGivesItsSlotBack() {
        List<Applicant> applicants = new ArrayList<>(List.of(peer(1, true, 9), peer(2, true, 0), peer(3, true, 0)));
        Set<ConnectionId> first = unchoked(applicants, 2, true);
        int drawn = first.contains(id(2)) ? 2 : 3;
        applicants.removeIf(applicant -> applicant.id().equals(id(drawn)));
        applicants.add(peer(drawn, false, 0));
        applicants.add(peer(4, true, 0));

        assertThat(unchoked(applicants, 2, false)).hasSize(2).doesNotContain(id(drawn));
    }

    private Set<ConnectionId> unchoked(List<Applicant> applicants, int slots, boolean draw) {
        return choker.choose(applicants, slots, draw, ChokeReason.Measure.SENDS_US).entrySet().stream()
                .filter(entry -> entry.getValue().unchokes())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static Applicant peer(int number, boolean interested, long rate) {
        return new Applicant(id(number), interested, rate, false);
    }

    private static ConnectionId id(int number) {
        return new ConnectionId(number);
    }
}
