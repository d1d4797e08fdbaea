package ahti.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import ahti.config.AnnounceTo;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TiersTest {

    @Test
    void asksFrontToBackUntilOneAnswers() {
        Tiers tiers = tiers("a | b | c");

        assertThat(tiers.next()).contains("a");
        assertThat(tiers.next()).isEmpty();
        tiers.failed("a");
        assertThat(tiers.next()).contains("b");
        tiers.succeeded("b");

        assertThat(tiers.next()).isEmpty();
        assertThat(tiers.current()).contains("b");
    }

    @Test
    void movesTheOneThatAnsweredToTheFrontOfItsTierOnly() {
        Tiers tiers = tiers("a | b c d");
        List<String> before = tiers.order();
        tiers.failed(tiers.next().orElseThrow());
        tiers.failed(tiers.next().orElseThrow());

        tiers.succeeded(tiers.next().orElseThrow());

        assertThat(tiers.order()).containsExactly(before.get(0), before.get(2), before.get(1), before.get(3));
    }

    @Test
    void asksNobodyBehindTheCurrentTracker() {
        Tiers tiers = tiers("a | b");
        tiers.next();
        tiers.succeeded("a");

        tiers.ready("b");
        assertThat(tiers.next()).isEmpty();
        tiers.ready("a");
        assertThat(tiers.next()).contains("a");
        tiers.failed("a");
        assertThat(tiers.next()).contains("b");
    }

    @Test
    void returnsToAnEarlierTrackerThatMayBeTriedAgain() {
        Tiers tiers = tiers("a | b");
        tiers.next();
        tiers.failed("a");
        tiers.next();
        tiers.succeeded("b");

        tiers.ready("a");

        assertThat(tiers.next()).contains("a");
        tiers.succeeded("a");
        assertThat(tiers.current()).contains("a");
        tiers.ready("b");
        assertThat(tiers.next()).isEmpty();
    }

    @Test
    void reachesTheLastTierThoughTheFirstIsReadyAgainAllTheTime() {
        Tiers tiers = tiers("a | b | c");
        for (String url : List.of("a", "b")) {
            assertThat(tiers.next()).contains(url);
            tiers.failed(url);
            tiers.ready("a");
        }

        assertThat(tiers.next()).contains("c");
    }

    @Test
    void keepsTheCurrentTrackerWhenAnotherAnswersUnasked() {
        Tiers tiers = tiers("a | b");
        tiers.next();
        tiers.succeeded("a");

        tiers.succeeded("b");
        assertThat(tiers.current()).contains("a");
        tiers.failed("a");
        assertThat(tiers.current()).isEmpty();
    }

    @Seeds(50)
    void shufflesInsideTiersAndNeverAcross(long seed) {
        List<String> first = IntStream.range(0, 5).mapToObj(i -> "a" + i).toList();
        List<String> second = IntStream.range(0, 5).mapToObj(i -> "b" + i).toList();

        List<String> order = new Tiers(List.of(first, second), new Random(seed)).order();

        assertThat(order.subList(0, 5)).containsExactlyInAnyOrderElementsOf(first);
        assertThat(order.subList(5, 10)).containsExactlyInAnyOrderElementsOf(second);
    }

    @Seeds(100)
    void neverAsksTwoAtOnceNorTheSameTwiceInARound(long seed) {
        Random random = new Random(seed);
        Tiers tiers = tiers("a b | c d e");
        Set<String> inThisRound = new LinkedHashSet<>();
        for (int step = 0; step < 200; step++) {
            Optional<String> asked = tiers.next();
            if (asked.isEmpty()) {
                inThisRound.clear();
                tiers.ready(tiers.order().get(random.nextInt(5)));
                continue;
            }
            assertThat(tiers.next()).isEmpty();
            assertThat(inThisRound.add(asked.get())).isTrue();
            if (random.nextInt(4) == 0) {
                tiers.succeeded(asked.get());
                inThisRound.clear();
            } else {
                tiers.failed(asked.get());
            }
        }
    }

    /** Tiers written as {@code "a b | c"}. */
    @Test
    void trackersThatAreAskedAtTheSameTimeStandApart() {
        List<List<String>> tiers = List.of(List.of("a"), List.of("b", "c"), List.of("d"));

        assertThat(orders(tiers, AnnounceTo.FIRST, 9)).containsExactly(List.of("a", "b", "c", "d"));
        assertThat(orders(tiers, AnnounceTo.TIERS, 9)).containsExactly(List.of("a"), List.of("b", "c"), List.of("d"));
        assertThat(orders(tiers, AnnounceTo.TIERS, 2)).containsExactly(List.of("a", "d"), List.of("b", "c"));
        assertThat(orders(tiers, AnnounceTo.ALL, 9))
                .containsExactly(List.of("a"), List.of("b"), List.of("c"), List.of("d"));
        assertThat(orders(tiers, AnnounceTo.ALL, 3)).containsExactly(List.of("a", "d"), List.of("b"), List.of("c"));
        assertThat(orders(List.of(), AnnounceTo.ALL, 3)).isEmpty();
    }

    /** Of each group, in an order that no lot has a part in. */
    private static List<List<String>> orders(List<List<String>> tiers, AnnounceTo announceTo, int most) {
        return Tiers.groups(tiers, announceTo, most, () -> -1L).stream()
                .map(Tiers::order)
                .toList();
    }

    private static Tiers tiers(String written) {
        return new Tiers(
                Stream.of(written.split(" \\| ", -1))
                        .map(tier -> List.of(tier.split(" ", -1)))
                        .toList(),
                new Random(1));
    }
}
