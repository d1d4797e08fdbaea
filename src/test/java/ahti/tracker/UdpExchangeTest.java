package ahti.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.apache.pekko.util.ByteString;

class UdpExchangeTest {
    private static final InetSocketAddress TRACKER = new InetSocketAddress("10.0.0.1", 80);
    private static final UdpExchange.Patience PATIENCE = new UdpExchange.Patience(Duration.ofSeconds(15), 4);

    @Seeds(300)
    void endsWhateverTheTrackerSendsAndAsksNoMoreThanItsPatienceAllows(long seed) {
        Random random = new Random(seed);
        UdpExchange exchange = new UdpExchange(
                Announces.request(AnnounceEvent.STARTED, Optional.empty()),
                "/announce",
                List.of(TRACKER),
                random.nextBoolean() ? Optional.empty() : Optional.of(new UdpExchange.Connection(TRACKER, 1)),
                PATIENCE,
                10,
                random);
        UdpExchange.Step step = exchange.begin();
        ByteString sent = ByteString.emptyByteString();
        int timeouts = 0;
        int datagrams = 0;
        while (!(step instanceof UdpExchange.Finished)) {
            if (step instanceof UdpExchange.Send send) {
                sent = send.payload();
                datagrams++;
                assertThat(send.patience()).isEqualTo(PATIENCE.first().multipliedBy(1L << timeouts));
            }
            if (random.nextInt(4) == 0) {
                timeouts++;
                step = exchange.timedOut();
            } else {
                step = exchange.heard(TRACKER, nearlyAnAnswer(sent, random));
            }
        }

        assertThat(timeouts).isLessThanOrEqualTo(PATIENCE.attempts());
        assertThat(datagrams).isLessThanOrEqualTo(2 * PATIENCE.attempts() + 2);
    }

    /** An answer to what was sent, cut and with some of its bits turned. */
    private static ByteString nearlyAnAnswer(ByteString sent, RandomGenerator random) {
        byte[] answer = new byte[random.nextInt(8, 40)];
        answer[3] = (byte) random.nextInt(4);
        for (int i = 4; i < 8; i++) {
            answer[i] = sent.apply(i + 8);
        }
        if (random.nextInt(3) > 0) {
            answer[random.nextInt(answer.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return ByteString.fromArray(answer);
    }
}
