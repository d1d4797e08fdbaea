package ahti.engine;

import ahti.net.PeerTransport;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.javadsl.AsPublisher;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.SourceQueueWithComplete;
import org.apache.pekko.util.ByteString;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;

/** A network in memory: whoever listens on a port can be dialled there, and a test may knock with a wire of its own. */
final class Lan implements PeerTransport {
    private static final int FIRST_DIALLER = 50_000;

    private final Map<Integer, SourceQueueWithComplete<Incoming>> listeners = new ConcurrentHashMap<>();
    private final AtomicInteger diallers = new AtomicInteger(FIRST_DIALLER);
    private final int lowestFree;

    /** Ports below that are taken. */
    Lan(int lowestFree) {
        this.lowestFree = lowestFree;
    }

    static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** A stranger connects to whoever listens there. */
    void knock(int port, Flow<ByteString, ByteString, NotUsed> bytes) {
        Incoming incoming = new Incoming(address(diallers.getAndIncrement()), bytes);
        java.util.Objects.requireNonNull(listeners.get(port)).offer(incoming);
    }

    boolean isListening(int port) {
        return listeners.containsKey(port);
    }

    @Override
    public Source<Incoming, CompletionStage<Listener>> listen(InetSocketAddress local) {
        int port = local.getPort();
        if (port < lowestFree || listeners.containsKey(port)) {
            BindException taken = new BindException("in use");
            return Source.<Incoming>failed(taken).mapMaterializedValue(any -> CompletableFuture.failedFuture(taken));
        }
        return Source.<Incoming>queue(100, OverflowStrategy.fail()).mapMaterializedValue(queue -> {
            listeners.put(port, queue);
            return CompletableFuture.completedFuture(new Bound(port));
        });
    }

    @Override
    public Flow<ByteString, ByteString, CompletionStage<InetSocketAddress>> dial(InetSocketAddress peer) {
        if (!listeners.containsKey(peer.getPort())) {
            CompletionStage<Flow<ByteString, ByteString, CompletionStage<InetSocketAddress>>> never =
                    CompletableFuture.failedFuture(new ConnectException("refused"));
            return Flow.completionStageFlow(never).mapMaterializedValue(stage -> stage.thenCompose(address -> address));
        }
        return end().mapMaterializedValue(ours -> {
            knock(peer.getPort(), end().mapMaterializedValue(theirs -> {
                ours.first().subscribe(theirs.second());
                theirs.first().subscribe(ours.second());
                return NotUsed.getInstance();
            }));
            return CompletableFuture.completedFuture(peer);
        });
    }

    /** One end of a connection: what it sends, and where what it gets goes in. */
    private static Flow<ByteString, ByteString, Pair<Publisher<ByteString>, Subscriber<ByteString>>> end() {
        return Flow.fromSinkAndSourceCoupledMat(
                Sink.<ByteString>asPublisher(AsPublisher.WITHOUT_FANOUT),
                Source.<ByteString>asSubscriber(),
                (sent, got) -> Pair.create(sent, got));
    }

    private final class Bound implements Listener {
        private final int port;

        Bound(int port) {
            this.port = port;
        }

        @Override
        public InetSocketAddress address() {
            return Lan.address(port);
        }

        @Override
        public CompletionStage<Done> close() {
            listeners.remove(port);
            return CompletableFuture.completedFuture(Done.done());
        }
    }
}
