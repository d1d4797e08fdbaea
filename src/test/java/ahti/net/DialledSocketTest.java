package ahti.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ahti.config.AhtiConfig;
import ahti.core.BindsTheRealWorld;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Dials that are given up at once, over loopback. */
@Timeout(60)
class DialledSocketTest {
    private static final Path HANDLES = Path.of("/proc/self/fd");
    private static final int DIALS = 300;

    private final ActorTestKit kit = ActorTestKit.create();
    private final TcpTransport transport = new TcpTransport(
            kit.system(), AhtiConfig.load("").net(), LocalAddresses.ANY, new Handles(() -> 1_000_000, 0));

    @AfterEach
    void end() {
        kit.shutdownTestKit();
    }

    @Test
    @BindsTheRealWorld("dials a real socket")
    void aDialThatIsGivenUpLeavesNoSocket() throws IOException {
        assumeTrue(Files.isDirectory(HANDLES));
        try (ServerSocket server = new ServerSocket(0, DIALS, InetAddress.getLoopbackAddress())) {
            InetSocketAddress address = new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
            givesUp(address);
            long before = sockets();
            for (int i = 0; i < DIALS; i++) {
                givesUp(address);
            }

            TestProbe<Object> probe = kit.createTestProbe();
            probe.awaitAssert(Duration.ofSeconds(30), () -> {
                givesUp(address); // wakes the selector, which keeps what was closed until then
                assertThat(sockets()).isLessThanOrEqualTo(before + 5);
                return probe;
            });
        }
    }

    private void givesUp(InetSocketAddress address) {
        Materializer brief = Materializer.createMaterializer(kit.system());
        Source.<ByteString>maybe()
                .via(transport.dial(address))
                .to(Sink.ignore())
                .run(brief);
        brief.shutdown();
    }

    private static long sockets() throws IOException {
        try (Stream<Path> open = Files.list(HANDLES)) {
            return open.filter(handle -> {
                        try {
                            return Files.readSymbolicLink(handle).toString().startsWith("socket:");
                        } catch (IOException e) {
                            return false; // closed since
                        }
                    })
                    .count();
        }
    }
}
