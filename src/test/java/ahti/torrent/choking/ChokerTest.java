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
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ChokerTest {
    private final Choker choker = new Choker(new Random(1), ChokeReason.Measure.TAKES_FROM_US);

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
        applicants.add(peer(100, true, 1_000));
        applicants.add(newcomer(0));
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
        List<Applicant> applicants = List.of(peer(1, true, 900), peer(2, true, 500), peer(3, false, 0), newcomer(4));

        Map<ConnectionId, ChokeReason> reasons = choker.choose(applicants, 2, true);

        assertThat(reasons)
                .containsOnlyKeys(id(1), id(2), id(3), id(4))
                .containsEntry(id(1), new ChokeReason.SlotByRate(place(1, 900), 2))
                .containsEntry(id(3), new ChokeReason.NotInterested());
        boolean newcomerWon = unchoked(reasons, 4);
        assertThat(reasons.get(newcomerWon ? id(4) : id(2)))
                .isEqualTo(new ChokeReason.SlotByLot(newcomerWon ? 3 : 1, 4));
        assertThat(reasons.get(newcomerWon ? id(2) : id(4)))
                .isEqualTo(new ChokeReason.Outranked(newcomerWon ? place(2, 500) : place(3, 0), 2));
    }

    @Test
    void whoeverFitsHasASlotByRate() {
        assertThat(choker.choose(List.of(peer(1, true, 0)), 5, true))
                .containsEntry(
                        id(1),
                        new ChokeReason.SlotByRate(
                                new ChokeReason.Place(1, 1, 0, ChokeReason.Measure.TAKES_FROM_US), 5));
    }

    @Test
    void aPeerThatSnubsUsLosesItsSlotToWhoGivesLess() {
        Applicant snubber = snubber(1, 900);
        List<Applicant> applicants =
                new ArrayList<>(List.of(snubber, peer(2, true, 10), peer(3, true, 20), peer(4, true, 5)));

        Map<ConnectionId, ChokeReason> reasons = choker.choose(applicants, 3, true);

        assertThat(unchoked(reasons, 2)).isTrue();
        assertThat(unchoked(reasons, 3)).isTrue();
        boolean lucky = unchoked(reasons, 1);
        assertThat(reasons.get(id(1))).isInstanceOf(lucky ? ChokeReason.SlotByLot.class : ChokeReason.Snubs.class);
        assertThat(choker.next(List.of(snubber, peer(4, true, 5))).id()).isEqualTo(id(4));
    }

    @Test
    void aSlotThatNobodyElseNeedsIsGivenEvenToAPeerThatSnubsUs() {
        assertThat(choker.choose(List.of(snubber(1, 0), peer(2, true, 1)), 3, false))
                .containsEntry(id(1), new ChokeReason.IdleSlot(1, 3));
    }

    @Test
    void whoGivesNothingHasEarnedNothing() {
        // Two slots could be earned, and one peer has: the others go by lot, not to whoever came first.
        Set<ConnectionId> lucky = new java.util.TreeSet<>();
        for (int round = 0; round < 200; round++) {
            Set<ConnectionId> chosen =
                    unchoked(List.of(peer(1, true, 0), peer(2, true, 0), peer(3, true, 0), peer(4, true, 7)), 3, true);
            assertThat(chosen).hasSize(3).contains(id(4));
            lucky.addAll(chosen);
        }
        assertThat(lucky).containsExactly(id(1), id(2), id(3), id(4));
    }

    @Seeds(200)
    void slotsAreUsedAndEarnedWhateverTheSwarm(long seed) {
        Random random = new Random(seed);
        Choker any = new Choker(random, ChokeReason.Measure.SENDS_US);
        for (int round = 0; round < 20; round++) {
            List<Applicant> applicants = new ArrayList<>();
            for (int i = 0; i < random.nextInt(30); i++) {
                applicants.add(new Applicant(
                        id(i),
                        random.nextBoolean(),
                        random.nextInt(3) * 100L,
                        random.nextBoolean(),
                        random.nextInt(5) == 0 ? Optional.of(Duration.ofMinutes(1)) : Optional.empty(),
                        Applicant.Turn.NONE,
                        false));
            }
            int slots = 1 + random.nextInt(6);

            Map<ConnectionId, ChokeReason> reasons = any.choose(applicants, slots, random.nextInt(3) == 0);

            assertThat(reasons).hasSameSizeAs(applicants);
            long interested = applicants.stream().filter(Applicant::interested).count();
            assertThat(reasons.values().stream().filter(ChokeReason::unchokes))
                    .hasSize((int) Math.min(slots, interested));
            long leastEarned = applicants.stream()
                    .filter(one -> reasons.get(one.id()) instanceof ChokeReason.SlotByRate)
                    .mapToLong(Applicant::rate)
                    .min()
                    .orElse(Long.MAX_VALUE);
            assertThat(applicants)
                    .filteredOn(one -> reasons.get(one.id()) instanceof ChokeReason.Outranked)
                    .allMatch(one -> one.rate() <= leastEarned);
        }
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

    private static boolean unchoked(Map<ConnectionId, ChokeReason> reasons, int number) {
        return Objects.requireNonNull(reasons.get(id(number))).unchokes();
    }

    private Set<ConnectionId> unchoked(List<Applicant> applicants, int slots, boolean draw) {
        return choker.choose(applicants, slots, draw).entrySet().stream()
                .filter(entry -> entry.getValue().unchokes())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static Applicant peer(int number, boolean interested, long rate) {
        return new Applicant(id(number), interested, rate, false, Optional.empty(), Applicant.Turn.NONE, false);
    }

    private static Applicant newcomer(int number) {
        return new Applicant(id(number), true, 0, true, Optional.empty(), Applicant.Turn.NONE, false);
    }

    private static Applicant snubber(int number, long rate) {
        return new Applicant(
                id(number), true, rate, false, Optional.of(Duration.ofSeconds(61)), Applicant.Turn.NONE, false);
    }

    private static ConnectionId id(int number) {
        return new ConnectionId(number);
    }
}
