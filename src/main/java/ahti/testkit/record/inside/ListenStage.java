package ahti.testkit.record.inside;

import ahti.net.PeerTransport;
import ahti.net.PeerTransport.Incoming;
import ahti.testkit.record.event.Output;
import java.net.InetSocketAddress;
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

/** A listener as a source of connections: each demand asks the world outside for the next one. */
final class ListenStage
        extends AbstractGraphStageWithMaterializedValue<
                SourceShape<Incoming>, CompletionStage<PeerTransport.Listener>> {
    private final Outlet<Incoming> out = Outlet.create("knocked");
    private final SourceShape<Incoming> shape = SourceShape.of(out);
    private final InetSocketAddress local;
    private final Opened opened;
    private final Outside outside;

    /** Numbers a listener when it begins. */
    interface Opened {
        int number(Bound listener);
    }

    ListenStage(InetSocketAddress local, Opened opened, Outside outside) {
        this.local = local;
        this.opened = opened;
        this.outside = outside;
    }

    @Override
    public SourceShape<Incoming> shape() {
        return shape;
    }

    @Override
    public Pair<GraphStageLogic, CompletionStage<PeerTransport.Listener>> createLogicAndMaterializedValuePair(
            Attributes inherited) {
        Bound bound = new Bound();
        return Pair.create(bound, bound.ready);
    }

    /** A listener that is bound, or about to be. */
    final class Bound extends GraphStageLogic {
        private final CompletableFuture<PeerTransport.Listener> ready = new CompletableFuture<>();
        private final AsyncCallback<Incoming> onKnock = createAsyncCallback(incoming -> push(out, incoming));
        private final AsyncCallback<String> onEnd = createAsyncCallback(this::end);
        private int number;
        private boolean over;

        Bound() {
            super(shape);
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    outside.does(new Output.Accept(number));
                }

                @Override
                public void onDownstreamFinish(Throwable cause) {
                    close();
                    cancelStage(cause);
                }
            });
        }

        @Override
        public void preStart() {
            number = opened.number(this);
            outside.does(new Output.Listen(number, local));
        }

        @Override
        public void postStop() {
            close();
        }

        private void close() {
            if (!over) {
                over = true;
                outside.does(new Output.Unlisten(number));
            }
        }

        private void end(String reason) {
            over = true;
            if (reason.isEmpty()) {
                completeStage();
            } else {
                failStage(Line.failure(reason));
            }
        }

        void bound(InetSocketAddress address) {
            ready.complete(new PeerTransport.Listener() {
                @Override
                public InetSocketAddress address() {
                    return address;
                }

                @Override
                public CompletionStage<Done> close() {
                    Bound.this.close();
                    return CompletableFuture.completedFuture(Done.done());
                }
            });
        }

        void notBound(String reason) {
            ready.completeExceptionally(Line.failure(reason));
            onEnd.invoke(reason.isEmpty() ? "not bound" : reason);
        }

        void knocked(Incoming incoming) {
            onKnock.invoke(incoming);
        }

        void ended(String reason) {
            onEnd.invoke(reason);
        }
    }
}
