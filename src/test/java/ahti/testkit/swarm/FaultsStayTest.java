package ahti.testkit.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;

/**
 * A fault stays where it is (rule 6 of the design): while bugs end actors of one torrent at random, every byte that the other
 * torrents of the same engine send and receive is the same, at the same nanosecond, as if nothing had happened.
 */
@Timeout(300)
class FaultsStayTest {
    private static final String[] TORRENTS = {"amber", "birch", "cedar"};
    private static final List<Bug> BUGS = List.of(Bug.values());
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(100);
    private static final int BUGS_WITHIN_MILLIS = 12_000;

    @Seeds(20)
    void noOtherTorrentNoticesBugsInOne(long seed) {
        Random chance = new Random(seed);
        String hurt = TORRENTS[chance.nextInt(TORRENTS.length)];
        List<String> story = new ArrayList<>();
        // It makes its rounds, so that each kind has its turn; others come by lot.
        Bug first = BUGS.get((int) (seed % BUGS.size()));
        try (SharedEngine calm = new SharedEngine(seed, TORRENTS);
                SharedEngine stricken = new SharedEngine(seed, TORRENTS)) {
            strikes(stricken, hurt, first, chance, story);
            for (int more = chance.nextInt(3); more > 0; more--) {
                strikes(stricken, hurt, BUGS.get(chance.nextInt(BUGS.size())), chance, story);
            }
            calm.time().run(LONG_ENOUGH);
            stricken.time().run(LONG_ENOUGH);

            assertThat(story).as("bugs that struck %s", hurt).anyMatch(line -> line.endsWith(first.name()));
            if (first.isSeenFromOutside()) {
                assertThat(stricken.diary(hurt)).as("%s", story).isNotEqualTo(calm.diary(hurt));
            }
            for (String torrent : TORRENTS) {
                if (!torrent.equals(hurt)) {
                    assertSame(
                            calm.diary(torrent),
                            stricken.diary(torrent),
                            torrent + ", while " + hurt + " had " + story);
                    assertThat(stricken.isFinished(torrent)).isTrue();
                }
            }
            assertThat(stricken.time().runUntil(() -> stricken.isFinished(hurt), Duration.ofHours(1)))
                    .as("%s goes on after %s", hurt, story)
                    .isTrue();
        }
    }

    private static void strikes(SharedEngine engine, String torrent, Bug bug, Random chance, List<String> story) {
        Duration when = Duration.ofMillis(chance.nextInt(BUGS_WITHIN_MILLIS));
        Runnable struck = () -> story.add(engine.time().now() + " " + bug);
        var unused = engine.time().after(when, () -> bug.strikes(engine, torrent, chance, struck));
    }

    private static void assertSame(List<String> expected, List<String> actual, String what) {
        int shorter = Math.min(expected.size(), actual.size());
        for (int i = 0; i < shorter; i++) {
            assertThat(actual.get(i)).as("line %d of %s", i, what).isEqualTo(expected.get(i));
        }
        assertThat(actual).as(what).hasSameSizeAs(expected);
    }
}
