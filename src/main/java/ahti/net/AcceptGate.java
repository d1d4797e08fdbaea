package ahti.net;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;

/**
 * Asks for the next element only when it may come, and looks again after a pause when it may not. Before a listener: Pekko's
 * own, told to accept a connection for which there is no file handle, tries again at once and without end, and logs each time.
 */
final class AcceptGate<T> extends GraphStage<FlowShape<T, T>> {
    private final BooleanSupplier mayCome;
    private final Duration pause;
    private final Inlet<T> in = Inlet.create("AcceptGate.in");
    private final Outlet<T> out = Outlet.create("AcceptGate.out");
    private final FlowShape<T, T> shape = FlowShape.of(in, out);

    AcceptGate(BooleanSupplier mayCome, Duration pause) {
        this.mayCome = mayCome;
        this.pause = pause;
    }

    @Override
    public FlowShape<T, T> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private final class Logic extends TimerGraphStageLogic {
        Logic() {
            super(shape);
            setHandler(in, new AbstractInHandler() {
                @Override
                public void onPush() {
                    push(out, grab(in));
                }
            });
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    pullWhenItMay();
                }
            });
        }

        @Override
        public void onTimer(Object key) {
            pullWhenItMay();
        }

        private void pullWhenItMay() {
            if (mayCome.getAsBoolean()) {
                pull(in);
            } else {
                scheduleOnce(AcceptGate.class, pause);
            }
        }
    }
}
