package ahti.net;

import ahti.config.NetConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.io.Inet.SocketOption;
import org.apache.pekko.io.TcpSO;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;

/** Connections over TCP, IPv4 and IPv6, by Pekko Streams. */
public final class TcpTransport implements PeerTransport {
    /** Small messages must not wait for company: requests are what keeps the pipe full. */
    private static final SocketOption NO_DELAY = TcpSO.tcpNoDelay(true);

    private final Tcp tcp;
    private final NetConfig config;
    /** How long to accept nobody when there is no handle for anybody. */
    private static final Duration NO_HANDLE_PAUSE = Duration.ofMillis(200);

    /** What a dial may take beyond its timeout: without a socket to time, Pekko says nothing at all. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final ActorSystem<?> system;
    private final LocalAddresses bind;
    private final Handles handles;

    /**
     * A transport that dials from {@code bind}.
     *
     * @param bind where to dial from
     * @param handles what connections may take of them; without one nobody is accepted, and no dial succeeds
     */
    public TcpTransport(ActorSystem<?> system, NetConfig config, LocalAddresses bind, Handles handles) {
        this.system = system;
        this.tcp = Tcp.get(system);
        this.config = config;
        this.bind = bind;
        this.handles = handles;
    }

    @Override
    public Flow<ByteString, ByteString, CompletionStage<InetSocketAddress>> dial(InetSocketAddress peer) {
        Optional<InetSocketAddress> from = bind.own(peer.getAddress()).map(local -> new InetSocketAddress(local, 0));
        if (!bind.reaches(peer.getAddress())) {
            return failed(new NoRouteToHostException("no address of that family to dial from"));
        }
        if (!handles.take()) {
            return failed(new IOException("no file handle is left for it (ulimit -n, ahti.net.reserved-handles)"));
        }
        DialledSocket socket = new DialledSocket(system);
        return tcp.outgoingConnection(
                        peer,
                        from,
                        List.of(NO_DELAY, socket),
                        false,
                        Optional.of(config.connectTimeout()),
                        Optional.empty())
                .mapMaterializedValue(stage -> inTime(stage.thenApply(Tcp.OutgoingConnection::remoteAddress), socket));
    }

    private CompletionStage<InetSocketAddress> inTime(CompletionStage<InetSocketAddress> open, DialledSocket socket) {
        CompletableFuture<InetSocketAddress> result = new CompletableFuture<>();
        Cancellable late = system.scheduler()
                .scheduleOnce(
                        config.connectTimeout().plus(GRACE),
                        () -> result.completeExceptionally(new IOException("no answer from the socket")),
                        system.executionContext());
        open.whenCompleteAsync(
                (address, failure) -> {
                    late.cancel();
                    if (failure == null) {
                        result.complete(address);
                    } else {
                        socket.giveUp();
                        result.completeExceptionally(failure);
                    }
                },
                system.executionContext());
        return result;
    }

    @Override
    public Source<Incoming, CompletionStage<Listener>> listen(InetSocketAddress local) {
        String host = local.getAddress().getHostAddress();
        return tcp.bind(host, local.getPort(), config.backlog(), List.of(NO_DELAY), false, Optional.empty())
                .via(new AcceptGate<>(handles::take, NO_HANDLE_PAUSE))
                .map(connection -> new Incoming(connection.remoteAddress(), connection.flow()))
                .mapMaterializedValue(stage -> stage.thenApply(Bound::new));
    }

    private static Flow<ByteString, ByteString, CompletionStage<InetSocketAddress>> failed(IOException reason) {
        CompletionStage<Flow<ByteString, ByteString, CompletionStage<InetSocketAddress>>> never =
                CompletableFuture.failedFuture(reason);
        return Flow.completionStageFlow(never).mapMaterializedValue(stage -> stage.thenCompose(address -> address));
    }

    private record Bound(Tcp.ServerBinding binding) implements Listener {
        @Override
        public InetSocketAddress address() {
            return binding.localAddress();
        }

        @Override
        public CompletionStage<Done> close() {
            return binding.unbind().thenApply(done -> Done.done());
        }
    }
}
