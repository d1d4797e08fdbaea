package ahti.testkit.net;

import java.util.function.Supplier;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractGraphStageWithMaterializedValue;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;

/**
 * A {@link Pipe} as the flow of bytes that {@code ahti.net} promises. Each materialisation takes a pipe of its own, and gives
 * it to whoever materialised.
 */
public final class PipeStage<P extends Pipe>
        extends AbstractGraphStageWithMaterializedValue<FlowShape<ByteString, ByteString>, P> {
    private final Inlet<ByteString> in = Inlet.create("sent");
    private final Outlet<ByteString> out = Outlet.create("received");
    private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);
    private final Supplier<P> pipes;

    /** {@code pipes} is asked when the flow is materialised. */
    public PipeStage(Supplier<P> pipes) {
        this.pipes = pipes;
    }

    @Override
    public FlowShape<ByteString, ByteString> shape() {
        return shape;
    }

    @Override
    public Pair<GraphStageLogic, P> createLogicAndMaterializedValuePair(Attributes inherited) {
        P pipe = pipes.get();
        return Pair.create(new Logic(pipe), pipe);
    }

    private final class Logic extends GraphStageLogic implements Pipe.End {
        private final Pipe pipe;
        private final AsyncCallback<ByteString> onReceived = createAsyncCallback(bytes -> push(out, bytes));
        private final AsyncCallback<Boolean> onWritable = createAsyncCallback(room -> pullIn());
        private final AsyncCallback<Boolean> onFinished = createAsyncCallback(end -> completeStage());
        private final AsyncCallback<Throwable> onFailed = createAsyncCallback(this::failStage);
        private boolean over;

        Logic(Pipe pipe) {
            super(shape);
            this.pipe = pipe;
            setHandler(in, new AbstractInHandler() {
                @Override
                public void onPush() {
                    pipe.send(grab(in));
                }

                @Override
                public void onUpstreamFinish() {
                    pipe.finish();
                }

                @Override
                public void onUpstreamFailure(Throwable failure) {
                    giveUp();
                    failStage(failure);
                }
            });
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    pipe.read();
                }

                @Override
                public void onDownstreamFinish(Throwable cause) {
                    giveUp();
                    cancelStage(cause);
                }
            });
        }

        @Override
        public void preStart() {
            pipe.open(this);
            pull(in);
        }

        /** The stream around us was torn down. */
        @Override
        public void postStop() {
            giveUp();
        }

        private void giveUp() {
            if (!over) {
                over = true;
                pipe.abort();
            }
        }

        private void pullIn() {
            if (!isClosed(in) && !hasBeenPulled(in)) {
                pull(in);
            }
        }

        @Override
        public void received(ByteString bytes) {
            onReceived.invoke(bytes);
        }

        @Override
        public void writable() {
            onWritable.invoke(true);
        }

        @Override
        public void finished() {
            over = true;
            onFinished.invoke(true);
        }

        @Override
        public void failed(Throwable why) {
            over = true;
            onFailed.invoke(why);
        }
    }
}
