package ahti.net.filter;

import ahti.net.PeerTransport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** A transport that dials nobody on a list. Whoever listens asks {@link #mayTalkTo} about each that comes. */
public final class FilteredTransport implements PeerTransport {
    private final PeerTransport transport;
    private final BlockList blocked;

    /** Keeps {@code transport} away from those on the list. */
    public FilteredTransport(PeerTransport transport, BlockList blocked) {
        this.transport = transport;
        this.blocked = blocked;
    }

    @Override
    public Flow<ByteString, ByteString, CompletionStage<InetSocketAddress>> dial(InetSocketAddress peer) {
        if (mayTalkTo(peer)) {
            return transport.dial(peer);
        }
        CompletionStage<Flow<ByteString, ByteString, CompletionStage<InetSocketAddress>>> never =
                CompletableFuture.failedFuture(new IOException("the user blocks that address"));
        return Flow.completionStageFlow(never).mapMaterializedValue(stage -> stage.thenCompose(address -> address));
    }

    @Override
    public Source<Incoming, CompletionStage<Listener>> listen(InetSocketAddress local) {
        return transport.listen(local);
    }

    @Override
    public boolean mayTalkTo(InetSocketAddress peer) {
        return !blocked.contains(peer.getAddress()) && transport.mayTalkTo(peer);
    }
}
