package ahti.testkit.record.live;

import ahti.testkit.record.event.Input;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The far end of a real connection's flow: what comes in becomes inputs, what goes out is told by calls, which may come from any
 * thread. One chunk is on its way in each direction at most, so the peer is held back as ever. For one use.
 */
final class RealLine extends GraphStage<FlowShape<ByteString, ByteString>> {
    private final Inlet<ByteString> in = Inlet.create("received");
    private final Outlet<ByteString> out = Outlet.create("sent");
    private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);
    private final int number;
    private final Consumer<Input> inputs;
    private final Optional<Input> first;
    private volatile @Nullable Logic logic;

    /** {@code first}: comes before everything else that is heard of the line. */
    RealLine(int number, Optional<Input> first, Consumer<Input> inputs) {
        this.number = number;
        this.first = first;
        this.inputs = inputs;
    }

    @Override
    public FlowShape<ByteString, ByteString> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes inherited) {
        Logic running = new Logic();
        logic = running;
        return running;
    }

    /** There once the flow runs; nobody knows of the line before. */
    private Logic logic() {
        return Objects.requireNonNull(logic);
    }

    void send(ByteString bytes) {
        logic().onSend.invoke(bytes);
    }

    void read() {
        logic().onRead.invoke(true);
    }

    /** Closes once everything is sent. */
    void finish() {
        logic().onFinish.invoke(true);
    }

    /** Closes at once; nothing is heard any more. */
    void abort() {
        logic().onAbort.invoke(true);
    }

    static String reason(@Nullable Throwable failure) {
        if (failure == null) {
            return "";
        }
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private final class Logic extends GraphStageLogic {
        private final AsyncCallback<ByteString> onSend = createAsyncCallback(this::sendNow);
        private final AsyncCallback<Boolean> onRead = createAsyncCallback(any -> pullNow());
        private final AsyncCallback<Boolean> onFinish = createAsyncCallback(any -> finishNow());
        private final AsyncCallback<Boolean> onAbort = createAsyncCallback(any -> abortNow());
        private final AsyncCallback<Boolean> onOneSided = createAsyncCallback(any -> finished());
        private @Nullable ByteString waiting;
        private boolean owed;
        private boolean finishing;
        private boolean over;

        Logic() {
            super(shape);
            setHandler(in, new AbstractInHandler() {
                @Override
                public void onPush() {
                    tell(new Input.Received(number, grab(in)));
                }

                @Override
                public void onUpstreamFinish() {
                    finished();
                }

                @Override
                public void onUpstreamFailure(Throwable failure) {
                    tell(new Input.Broke(number, reason(failure)));
                    over = true;
                    failStage(failure);
                }
            });
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    ByteString next = waiting;
                    if (next != null) {
                        waiting = null;
                        push(out, next);
                        completeWhenSent();
                    } else if (owed) {
                        owed = false;
                        tell(new Input.Writable(number));
                    }
                }

                @Override
                public void onDownstreamFinish(Throwable cause) {
                    // The other direction mostly ends in the same breath, and says why.
                    onOneSided.invoke(true);
                }
            });
        }

        @Override
        public void preStart() {
            first.ifPresent(inputs);
        }

        private void sendNow(ByteString bytes) {
            owed = true;
            if (isAvailable(out)) {
                push(out, bytes);
            } else {
                waiting = bytes;
            }
        }

        private void pullNow() {
            if (!isClosed(in) && !hasBeenPulled(in)) {
                pull(in);
            }
        }

        private void finishNow() {
            finishing = true;
            completeWhenSent();
        }

        private void completeWhenSent() {
            if (finishing && waiting == null && !isClosed(out)) {
                complete(out);
            }
        }

        private void abortNow() {
            over = true;
            completeStage();
        }

        private void finished() {
            tell(new Input.Finished(number));
            over = true;
            completeStage();
        }

        private void tell(Input input) {
            if (!over) {
                inputs.accept(input);
            }
        }

        @Override
        public void postStop() {
            tell(new Input.Broke(number, reason(new IOException("the connection was torn down"))));
        }
    }
}
