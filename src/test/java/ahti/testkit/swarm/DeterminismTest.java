package ahti.testkit.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.BindsTheRealWorld;
import ahti.engine.EngineSettings;
import ahti.net.PeerTransport;
import ahti.soak.Soak;
import ahti.testkit.net.Path;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same swarm, bit for bit: and what is not the same is noticed. */
@Timeout(300)
class DeterminismTest {
    private static final int SEEDS = 20;

    private static Swarm swarm() {
        return Swarm.seed(11)
                .seeds(2)
                .leechers(8)
                .pieces(16)
                .path(Path.of(Duration.ofMillis(20)).withJitter(Duration.ofMillis(5)));
    }

    private static Set<String> digestsOf(UnaryOperator<EngineSettings> tampering) {
        Set<String> digests = new LinkedHashSet<>();
        for (int run = 0; run < 4; run++) {
            digests.add(swarm().tampering(tampering).run().digest());
        }
        return digests;
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        assertThat(digestsOf(UnaryOperator.identity())).hasSize(1);
    }

    @Test
    void anotherSeedGivesAnotherRun() {
        assertThat(Swarm.seed(1).run().digest())
                .isNotEqualTo(Swarm.seed(2).run().digest());
    }

    /** What happens to each of these is by their number: who is killed, what gets lost, how everybody is connected. */
    @Test
    void twentyScenariosAreTheSameInAnotherProcess() throws Exception {
        Process first = digests();
        Process second = digests();
        List<String> one = lines(first);
        assertThat(one).hasSize(SEEDS).doesNotHaveDuplicates();
        assertThat(lines(second)).isEqualTo(one);
    }

    private static Process digests() throws IOException {
        return new ProcessBuilder(
                        java.nio.file.Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Soak.class.getName(),
                        "--digests",
                        "1",
                        Integer.toString(SEEDS))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static List<String> lines(Process process) throws Exception {
        try {
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isZero();
            return text.lines().toList();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void randomnessFromElsewhereIsNoticed() {
        assertThat(digestsOf(settings -> settings.withRandom(new Elsewhere()))).hasSizeGreaterThan(1);
    }

    @BindsTheRealWorld("what must be noticed")
    private static final class Elsewhere implements RandomGenerator {
        private final SecureRandom elsewhere = new SecureRandom();

        @Override
        public long nextLong() {
            return elsewhere.nextLong();
        }
    }

    @Test
    void anOrderByIdentityIsNoticed() {
        assertThat(digestsOf(settings -> settings.withTransport(new ByIdentity(settings.transport()))))
                .hasSizeGreaterThan(1);
    }

    /** Cuts what is sent in two, where a map of objects without a hash code of their own says. */
    private record ByIdentity(PeerTransport transport) implements PeerTransport {

        @Override
        public Flow<ByteString, ByteString, CompletionStage<InetSocketAddress>> dial(InetSocketAddress peer) {
            Map<Object, Integer> map = new HashMap<>();
            IntStream.range(0, 8).forEach(i -> map.put(new Object(), i));
            int chunk = 1 + new ArrayList<>(map.values()).get(0);
            return Flow.of(ByteString.class)
                    .mapConcat(bytes -> halves(bytes, chunk))
                    .viaMat(transport.dial(peer), Keep.right());
        }

        private static List<ByteString> halves(ByteString bytes, int at) {
            return bytes.size() > at ? List.of(bytes.take(at), bytes.drop(at)) : List.of(bytes);
        }

        @Override
        public Source<Incoming, CompletionStage<Listener>> listen(InetSocketAddress local) {
            return transport.listen(local);
        }
    }
}
