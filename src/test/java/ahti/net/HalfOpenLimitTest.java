package ahti.net;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.ActorKit;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HalfOpenLimitTest {
    @RegisterExtension
    final ActorKit kit = new ActorKit();

    @Test
    void theThirdDialWaitsUntilAnEarlierOneIsOpenOrHasFailed() {
        TestProbe<Integer> dialled = kit.probe();
        List<CompletableFuture<InetSocketAddress>> connects = new ArrayList<>();
        PeerTransport slow = new PeerTransport() {
            @Override
            public Flow<ByteString, ByteString, CompletionStage<InetSocketAddress>> dial(InetSocketAddress peer) {
                CompletableFuture<InetSocketAddress> connect = new CompletableFuture<>();
                synchronized (connects) {
                    connects.add(connect);
                }
                dialled.ref().tell(peer.getPort());
                return Flow.of(ByteString.class).mapMaterializedValue(any -> connect);
            }

            @Override
            public Source<Incoming, CompletionStage<Listener>> listen(InetSocketAddress local) {
                throw new UnsupportedOperationException("nobody listens here");
            }
        };
        PeerTransport limited = new HalfOpenLimit(slow, 2, kit.system().executionContext());

        for (int port = 1; port <= 4; port++) {
            dial(limited, port);
        }
        Set<Integer> seen = new TreeSet<>(List.of(dialled.receiveMessage(), dialled.receiveMessage()));
        dialled.expectNoMessage(Duration.ofMillis(50));
        connects.get(0).complete(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));
        seen.add(dialled.receiveMessage());
        dialled.expectNoMessage(Duration.ofMillis(50));
        connects.get(1).completeExceptionally(new ConnectException("refused"));
        seen.add(dialled.receiveMessage());

        assertThat(seen).containsExactly(1, 2, 3, 4);
    }

    private void dial(PeerTransport transport, int port) {
        Source.<ByteString>maybe()
                .viaMat(transport.dial(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)), Keep.right())
                .to(Sink.ignore())
                .run(Materializer.createMaterializer(kit.system()));
    }
}
