package ahti.testkit.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.dht.krpc.KrpcMessage;
import ahti.dht.krpc.KrpcReader;
import ahti.testkit.net.Traffic;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What keeps strangers from answering for others comes from the secure generator of the engine, never from one seeded by it. */
@Timeout(120)
class UnguessableTest {
    private static final int CONNECT = 0;

    private final Remembering source = new Remembering();
    private final Set<Integer> ofTrackers = new LinkedHashSet<>();
    private final Set<Integer> ofNodes = new LinkedHashSet<>();

    /** As a real one, but for the numbers. */
    private static final class Remembering extends SecureRandom {
        private static final long serialVersionUID = 1;

        private final transient RandomGenerator numbers = new Random(1);
        private final Set<Integer> given = new LinkedHashSet<>();

        @Override
        public int nextInt() {
            int next = numbers.nextInt();
            given.add(next);
            return next;
        }

        @Override
        public int nextInt(int bound) {
            return numbers.nextInt(bound);
        }

        @Override
        public long nextLong() {
            return numbers.nextLong();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            numbers.nextBytes(bytes);
        }
    }

    @Test
    void transactionsOfTrackersAndNodesComeFromTheSecureGenerator() {
        try (SwarmRun run = Swarm.seed(1)
                .seeds(1)
                .leechers(2)
                .pieces(8)
                .udpTracker()
                .set("ahti.dht.enabled = true")
                .set("ahti.dht.bootstrap = [\"seed-1:6881\"]")
                .tampering(settings -> settings.withRandom(source))
                .begin()) {
            run.network().observe(new Traffic() {
                @Override
                public void datagram(InetSocketAddress from, InetSocketAddress to, ByteString payload) {
                    heard(to, payload);
                }
            });
            run.pass(Duration.ofMinutes(1));
        }

        assertThat(ofTrackers).isNotEmpty();
        assertThat(ofNodes).isNotEmpty();
        assertThat(source.given).containsAll(ofTrackers).containsAll(ofNodes);
    }

    private void heard(InetSocketAddress to, ByteString payload) {
        ByteBuffer bytes = payload.asByteBuffer();
        if (to.getPort() == 6969 && bytes.getInt(8) == CONNECT) {
            ofTrackers.add(bytes.getInt(12));
        } else if (to.getPort() == 6881 && KrpcReader.read(payload) instanceof KrpcMessage.Query query) {
            ofNodes.add(query.transaction().asByteBuffer().getInt());
        }
    }
}
