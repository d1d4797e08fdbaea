package ahti.testkit.net;

import ahti.net.PeerTransport.Incoming;
import ahti.net.PeerTransport.Listener;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.SourceShape;
import org.apache.pekko.stream.stage.AbstractGraphStageWithMaterializedValue;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStageLogic;

/** Connections that arrive at a port of a host; as many as a backlog holds wait until they are wanted. */
final class ListenerStage
        extends AbstractGraphStageWithMaterializedValue<SourceShape<Incoming>, CompletionStage<Listener>> {
    private static final int BACKLOG = 100;

    private final Outlet<Incoming> out = Outlet.create("incoming");
    private final SourceShape<Incoming> shape = SourceShape.of(out);
    private final Host host;
    private final InetSocketAddress wished;

    ListenerStage(Host host, InetSocketAddress wished) {
        this.host = host;
        this.wished = wished;
    }

    /** What is behind a port. */
    interface Door {
        /** False: no room, try later. */
        boolean offer(Incoming incoming);
    }

    @Override
    public SourceShape<Incoming> shape() {
        return shape;
    }

    @Override
    public Pair<GraphStageLogic, CompletionStage<Listener>> createLogicAndMaterializedValuePair(Attributes inherited) {
        CompletableFuture<Listener> bound = new CompletableFuture<>();
        return Pair.create(new Logic(bound), bound);
    }

    private final class Logic extends GraphStageLogic implements Door, Listener {
        private final ArrayDeque<Incoming> waiting = new ArrayDeque<>();
        private final AsyncCallback<Boolean> onKnock = createAsyncCallback(any -> give());
        private final AsyncCallback<Boolean> onClose = createAsyncCallback(any -> completeStage());
        private final CompletableFuture<Listener> bound;
        private int port;

        Logic(CompletableFuture<Listener> bound) {
            super(shape);
            this.bound = bound;
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    give();
                }
            });
        }

        @Override
        public void preStart() {
            try {
                port = host.bind(wished.getPort(), this);
                bound.complete(this);
            } catch (BindException e) {
                bound.completeExceptionally(e);
                failStage(e);
            }
        }

        @Override
        public void postStop() {
            host.unbind(port, this);
        }

        @Override
        public boolean offer(Incoming incoming) {
            if (waiting.size() >= BACKLOG) {
                return false;
            }
            waiting.add(incoming);
            onKnock.invoke(true);
            return true;
        }

        private void give() {
            if (isAvailable(out) && !waiting.isEmpty()) {
                push(out, waiting.remove());
            }
        }

        @Override
        public InetSocketAddress address() {
            return new InetSocketAddress(host.address(), port);
        }

        @Override
        public CompletionStage<Done> close() {
            host.unbind(port, this);
            onClose.invoke(true);
            return CompletableFuture.completedFuture(Done.done());
        }
    }
}
