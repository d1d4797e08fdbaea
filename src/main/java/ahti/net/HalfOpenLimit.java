package ahti.net;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * A transport that opens only so many connections at the same time, over all torrents of an engine: home routers fall over
 * beyond some tens. Further ones wait their turn, and their connect timeout begins when it has come.
 */
public final class HalfOpenLimit implements PeerTransport {
    private final PeerTransport transport;
    private final Turnstile turnstile;
    private final Executor executor;

    /**
     * Limits {@code transport}.
     *
     * @param limit connections that may be half open
     * @param executor where turns are handed on: never the common pool, whose order no seed repeats
     */
    public HalfOpenLimit(PeerTransport transport, int limit, Executor executor) {
        this.transport = transport;
        this.turnstile = new Turnstile(limit);
        this.executor = executor;
    }

    @Override
    public Flow<ByteString, ByteString, CompletionStage<InetSocketAddress>> dial(InetSocketAddress peer) {
        return Flow.fromMaterializer((materializer, attributes) -> Flow.completionStageFlow(
                                turnstile.enter().thenApplyAsync(turn -> transport.dial(peer), executor))
                        .mapMaterializedValue(this::untilOpen))
                .mapMaterializedValue(stage -> stage.thenComposeAsync(address -> address, executor));
    }

    private CompletionStage<InetSocketAddress> untilOpen(
            CompletionStage<CompletionStage<InetSocketAddress>> materialised) {
        return materialised
                .thenComposeAsync(address -> address, executor)
                .whenCompleteAsync((address, failure) -> turnstile.leave(), executor);
    }

    @Override
    public Source<Incoming, CompletionStage<Listener>> listen(InetSocketAddress local) {
        return transport.listen(local);
    }
}
