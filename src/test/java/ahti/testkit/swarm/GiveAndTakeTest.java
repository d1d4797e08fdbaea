package ahti.testkit.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import ahti.core.PieceSet;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;

/** What choking is for: who gives gets, and a seed's line is not wasted. */
@Timeout(300)
class GiveAndTakeTest {
    private static final int KIBI = 1024;
    private static final Duration LIMIT = Duration.ofHours(1);

    @Seeds(3)
    void whoNeverSendsGetsMarkedlyLess(long seed) {
        Swarm swarm = swarm(seed).leechers(20).freeRiders(3).pieces(80).seedRate(128 * KIBI);
        try (SwarmRun run = swarm.begin()) {
            run.pass(Duration.ofMinutes(1));

            double giver = mean(run, 1, 17);
            double rider = mean(run, 18, 20);
            assertThat(rider).as("beside " + giver).isPositive().isLessThan(0.75 * giver);
            assertThat(run.result().uploaded("leecher-20")).isZero();
        }
    }

    private static double mean(SwarmRun run, int first, int last) {
        SwarmResult result = run.result();
        return IntStream.rangeClosed(first, last)
                .mapToLong(number -> result.downloaded("leecher-" + number))
                .average()
                .orElseThrow();
    }

    @Seeds(1)
    void aSuperSeedSendsNearlyNothingTwiceBeforeAllIsOut(long seed) {
        Swarm swarm = swarm(seed).leechers(12).superSeeding().pieces(40).seedRate(64 * KIBI);
        try (SwarmRun run = swarm.begin()) {
            run.until(() -> isAllOut(run), LIMIT);
            assertThat((double) run.result().uploaded("seed-1")
                            / run.torrent().content().length())
                    .isBetween(1.0, 1.05);
            run.untilComplete(LIMIT);
        }
    }

    /**
     * Ideally the line of the seed carries everything once, and the last piece goes from hand to hand, to twice as many with
     * each hop. The longer the torrent, the nearer to that.
     */
    @Seeds(1)
    void fiftyPeersOfASuperSeedAreDoneSoonAfterItsLineHasCarriedEverythingOnce(long seed) {
        int pieces = 400;
        long line = 256 * KIBI;
        double ideal = (pieces + 6) * 64.0 * KIBI / line;
        SwarmResult result = Swarm.seed(seed)
                .seeds(1)
                .superSeeding()
                .leechers(50)
                .knowing(12)
                .piecesOf(64 * KIBI)
                .pieces(pieces)
                .rates(line, 8 * line)
                .seedRate(line)
                .run();

        assertThat(result.lastFinish().toMillis() / 1000.0 / ideal).isBetween(1.0, 1.15);
        Duration first =
                result.finishes().values().stream().min(Duration::compareTo).orElseThrow();
        assertThat(result.lastFinish().toMillis() / (double) first.toMillis())
                .as("nobody starves")
                .isLessThan(1.15);
    }

    private static Swarm swarm(long seed) {
        return Swarm.seed(seed).seeds(1).piecesOf(64 * KIBI).rates(64 * KIBI, 512 * KIBI);
    }

    private static boolean isAllOut(SwarmRun run) {
        PieceSet out = new PieceSet(run.torrent().pieces());
        for (Member member : run.members()) {
            PieceSet has = member.pieces().toSet();
            for (int piece = has.nextSet(0); piece >= 0 && !member.isSeed(); piece = has.nextSet(piece + 1)) {
                out.add(piece);
            }
        }
        return out.isFull();
    }
}
