package ahti.testkit.script;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Objects;
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
 * The scripted end of one connection: joined to the flow that a transport gives, it sends what it is told and hands on what
 * arrives, unless it was told to read no more. Runs once.
 */
final class Wire extends GraphStage<FlowShape<ByteString, ByteString>> {
    private final Inlet<ByteString> in = Inlet.create("heard");
    private final Outlet<ByteString> out = Outlet.create("said");
    private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);
    private final Ear ear;
    private @Nullable Logic logic;

    /** Who hears what arrives. */
    interface Ear {
        void heard(ByteString bytes);

        /** The connection has ended; how, for people. Said once. */
        void over(String how);
    }

    Wire(Ear ear) {
        this.ear = ear;
    }

    /** Sends bytes, after those sent before. */
    void send(ByteString bytes) {
        running().onSend.invoke(bytes);
    }

    /** Closes, once everything sent has left. */
    void finish() {
        running().onFinish.invoke(true);
    }

    /** Breaks the connection. */
    void reset() {
        running().onReset.invoke(true);
    }

    /** Whether to take what arrives. What does not get taken fills the buffers in between. */
    void reading(boolean wanted) {
        running().onReading.invoke(wanted);
    }

    private Logic running() {
        return Objects.requireNonNull(logic, "not connected");
    }

    @Override
    public FlowShape<ByteString, ByteString> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes inherited) {
        Logic created = new Logic();
        logic = created;
        return created;
    }

    private final class Logic extends GraphStageLogic {
        private final AsyncCallback<ByteString> onSend = createAsyncCallback(this::send);
        private final AsyncCallback<Boolean> onFinish = createAsyncCallback(any -> finish());
        private final AsyncCallback<Boolean> onReset =
                createAsyncCallback(any -> fail(out, new IOException("reset by the script")));
        private final AsyncCallback<Boolean> onReading = createAsyncCallback(this::reading);
        private final ArrayDeque<ByteString> unsent = new ArrayDeque<>();
        /** Arrived after the script had ceased to read. */
        private ByteString untaken = ByteString.emptyByteString();

        private boolean reading = true;
        private boolean finishing;

        Logic() {
            super(shape);
            setHandler(in, new AbstractInHandler() {
                @Override
                public void onPush() {
                    untaken = untaken.concat(grab(in));
                    take();
                }

                @Override
                public void onUpstreamFinish() {
                    ear.over("closed");
                    completeStage();
                }

                @Override
                public void onUpstreamFailure(Throwable failure) {
                    ear.over("broken: " + failure.getMessage());
                    completeStage();
                }
            });
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    pushNext();
                }

                @Override
                public void onDownstreamFinish(Throwable cause) {
                    // How the connection ended is heard on the other way.
                }
            });
        }

        @Override
        public void preStart() {
            pull(in);
        }

        private void send(ByteString bytes) {
            unsent.add(bytes);
            pushNext();
        }

        private void pushNext() {
            if (isAvailable(out) && !unsent.isEmpty()) {
                push(out, unsent.remove());
            }
            if (finishing && unsent.isEmpty() && !isClosed(out)) {
                complete(out);
            }
        }

        private void finish() {
            finishing = true;
            pushNext();
        }

        private void reading(boolean wanted) {
            reading = wanted;
            take();
        }

        private void take() {
            if (!reading) {
                return;
            }
            if (untaken.nonEmpty()) {
                ByteString bytes = untaken;
                untaken = ByteString.emptyByteString();
                ear.heard(bytes);
            }
            if (!isClosed(in) && !hasBeenPulled(in)) {
                pull(in);
            }
        }
    }
}
