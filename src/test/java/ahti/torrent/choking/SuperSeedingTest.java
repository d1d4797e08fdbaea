package ahti.torrent.choking;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import ahti.core.ConnectionId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SuperSeedingTest {
    private static final long LATE = Duration.ofMinutes(2).toNanos();
    private static final long SETTLED = Duration.ofSeconds(5).toNanos();

    private final SuperSeeding rule = new SuperSeeding(10, new Random(1));

    @Test
    void eachPeerIsShownTwoPiecesAndNoTwoTheSame() {
        Set<Integer> shown = new TreeSet<>();
        for (int i = 0; i < 5; i++) {
            List<SuperSeeding.Show> shows = rule.joined(id(i), 0);
            assertThat(shows).hasSize(2);
            shown.addAll(pieces(shows));
        }
        assertThat(shown).hasSize(10);
        assertThat(rule.joined(id(10), 0)).as("all pieces are on their way").isEmpty();
    }

    @Test
    void anotherIsShownWhenSomebodyElseAnnouncedOneAndNotBefore() {
        List<Integer> first = pieces(rule.joined(id(1), 0));
        rule.joined(id(2), 0);

        assertThat(rule.gained(id(1), first, 0)).isEmpty();
        assertThat(rule.passed(LATE - 1)).isEmpty();
        assertThat(rule.gained(id(2), first.subList(1, 2), LATE - 1))
                .singleElement()
                .matches(show -> show.to().equals(id(1)) && !first.contains(show.piece()));
    }

    @Test
    void whoHasNobodyToPassItOnIsShownTheNextOnesAndMoreAfterAWhile() {
        List<Integer> first = pieces(rule.joined(id(1), 0));
        rule.joined(id(2), 0);
        assertThat(rule.gained(id(1), first, 0)).isEmpty();

        assertThat(rule.left(id(2), 0)).hasSize(2);
        assertThat(rule.passed(SETTLED - 1)).isEmpty();
        assertThat(rule.passed(SETTLED)).hasSize(6);
    }

    /** Two that do not know each other would wait for ever. */
    @Test
    void whoPassesNothingOnForLongIsShownTheNextOnes() {
        List<Integer> first = pieces(rule.joined(id(1), 0));
        rule.joined(id(2), 0);
        rule.gained(id(1), first, 0);

        assertThat(rule.passed(LATE)).hasSize(2).allMatch(show -> show.to().equals(id(1)));
        assertThat(rule.passed(2 * LATE)).isEmpty();
    }

    @Test
    void whatWasShownInVainIsShownToOthers() {
        SuperSeeding four = new SuperSeeding(4, new Random(1));
        List<Integer> gone = pieces(four.joined(id(1), 0));
        List<Integer> slow = pieces(four.joined(id(2), 0));
        assertThat(four.joined(id(3), 1)).isEmpty();

        assertThat(four.left(id(1), 2))
                .allMatch(show -> show.to().equals(id(3)))
                .extracting(SuperSeeding.Show::piece)
                .containsExactlyInAnyOrderElementsOf(gone);
        assertThat(four.joined(id(4), LATE - 1)).isEmpty();
        assertThat(four.passed(LATE))
                .allMatch(show -> show.to().equals(id(4)))
                .extracting(SuperSeeding.Show::piece)
                .containsExactlyInAnyOrderElementsOf(slow);
    }

    @Test
    void nothingIsHiddenOnceEveryPieceIsInTheSwarm() {
        SuperSeeding four = new SuperSeeding(4, new Random(1));
        List<Integer> first = pieces(four.joined(id(1), 0));
        List<Integer> second = pieces(four.joined(id(2), 0));
        four.gained(id(1), first, 0);

        List<SuperSeeding.Show> shows = four.gained(id(2), second, 0);
        assertThat(shows)
                .hasSize(4)
                .allMatch(show -> (show.to().equals(id(1)) ? second : first).contains(show.piece()));
        assertThat(four.joined(id(3), 0)).hasSize(4);
    }

    /** Peers take what they were shown, and pass it on, in any order. */
    @Seeds(100)
    void everybodyGetsEverythingAndNothingIsSentTwiceBeforeAllIsSentOnce(long seed) {
        Random random = new Random(seed);
        int pieces = 1 + random.nextInt(40);
        int peers = 1 + random.nextInt(12);
        SuperSeeding seeding = new SuperSeeding(pieces, random);
        TreeMap<ConnectionId, Set<Integer>> has = new TreeMap<>();
        Deque<SuperSeeding.Show> shows = new ArrayDeque<>();
        for (int i = 0; i < peers; i++) {
            has.put(id(i), new TreeSet<>());
            shows.addAll(seeding.joined(id(i), 0));
        }
        Set<Integer> out = new TreeSet<>();
        int sent = 0;
        for (int step = 0; step < 20_000 && has.values().stream().anyMatch(one -> one.size() < pieces); step++) {
            List<ConnectionId> all = new ArrayList<>(has.keySet());
            if (!shows.isEmpty() && random.nextBoolean()) {
                SuperSeeding.Show show = shows.removeFirst();
                if (Objects.requireNonNull(has.get(show.to())).add(show.piece())) {
                    sent += out.size() < pieces ? 1 : 0;
                    out.add(show.piece());
                    shows.addAll(seeding.gained(show.to(), List.of(show.piece()), 0));
                }
            } else {
                ConnectionId taker = all.get(random.nextInt(all.size()));
                TreeSet<Integer> passed = new TreeSet<>(has.get(all.get(random.nextInt(all.size()))));
                passed.removeAll(has.get(taker));
                if (!passed.isEmpty()) {
                    Objects.requireNonNull(has.get(taker)).add(passed.first());
                    shows.addAll(seeding.gained(taker, List.of(passed.first()), 0));
                }
            }
        }
        assertThat(has.values()).allMatch(one -> one.size() == pieces);
        assertThat(sent).isEqualTo(pieces);
    }

    private static List<Integer> pieces(List<SuperSeeding.Show> shows) {
        return shows.stream().map(SuperSeeding.Show::piece).toList();
    }

    private static ConnectionId id(int number) {
        return new ConnectionId(number);
    }
}
