package ahti.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.config.AhtiConfig;
import ahti.config.TrackerConfig;
import ahti.core.InfoHash;
import ahti.core.Limits;
import ahti.fuzz.FuzzTarget;
import ahti.fuzz.FuzzTargets;
import java.util.Random;
import org.apache.pekko.util.ByteString;

/** The body of an HTTP tracker's answer, to an announce and to a scrape: texts are cleaned, and pauses are within bounds. */
public final class HttpAnswerTarget implements FuzzTarget {
    private static final TrackerConfig CONFIG = AhtiConfig.load().tracker();
    private static final InfoHash SCRAPED =
            InfoHash.v1("aaaaaaaaaaaaaaaaaaaa".getBytes(java.nio.charset.StandardCharsets.US_ASCII));

    @Override
    public String name() {
        return "tracker-http";
    }

    @Override
    public void check(byte[] input) {
        ByteString body = ByteString.fromArray(input);
        check(HttpAnswer.read(200, body, Limits.DEFAULT));
        check(HttpAnswer.read(503, body, Limits.DEFAULT));
        check(HttpAnswer.scraped(200, body, SCRAPED, Limits.DEFAULT));
        assertThat(HttpAnswer.read(200, body, Limits.DEFAULT)).isEqualTo(HttpAnswer.read(200, body, Limits.DEFAULT));
    }

    static void check(Outcome outcome) {
        if (outcome instanceof Outcome.Failure failure) {
            FuzzTargets.assertFitToShow(failure.reason());
        } else if (outcome instanceof Outcome.Answer answer) {
            answer.warning().ifPresent(FuzzTargets::assertFitToShow);
            assertThat(answer.peers())
                    .hasSizeLessThanOrEqualTo(Limits.DEFAULT.trackerPeers())
                    .doesNotHaveDuplicates()
                    .allMatch(peer -> peer.getPort() > 0 && !peer.isUnresolved());
            assertThat(answer.seeders().orElse(0)).isNotNegative();
            assertThat(answer.leechers().orElse(0)).isNotNegative();
            Cycle.Pauses pauses = new Cycle(CONFIG, new Random(1)).answered(AnnounceEvent.STARTED, 1, answer);
            assertThat(pauses.regular())
                    .isBetween(CONFIG.intervalMin(), CONFIG.intervalMax().multipliedBy(2));
            assertThat(pauses.soonest()).isBetween(java.time.Duration.ZERO, CONFIG.intervalMax());
        }
    }
}
