package ahti.engine;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Iterator;
import java.util.Queue;
import org.apache.pekko.actor.Terminated;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.SourceShape;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import scala.runtime.BoxedUnit;

/** What happens in an engine, until it ends; at once the end of one that is gone. Holds what is being told and what comes next. */
final class EventSource extends GraphStage<SourceShape<EngineEvent>> {
    private final Outlet<EngineEvent> out = Outlet.create("EventSource.out");
    private final SourceShape<EngineEvent> shape = SourceShape.of(out);
    private final ActorRef<Engine.Command> engine;
    private final EventFilter filter;

    EventSource(ActorRef<Engine.Command> engine, EventFilter filter) {
        this.engine = engine;
        this.filter = filter;
    }

    @Override
    public SourceShape<EngineEvent> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes inherited) {
        return new Logic();
    }

    private final class Logic extends GraphStageLogic {
        private Iterator<EngineEvent> telling = Collections.emptyIterator();
        /** One at most: more come when these were asked for. */
        private final Queue<Engine.Events> next = new ArrayDeque<>(1);

        private boolean over;

        Logic() {
            super(shape);
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    give();
                }
            });
        }

        @Override
        public void preStart() {
            StageActor self = getStageActor(envelope -> {
                heard(envelope._2());
                return BoxedUnit.UNIT;
            });
            self.watch(Adapter.toClassic(engine));
            engine.tell(new Engine.Watch(filter, Adapter.toTyped(self.ref())));
        }

        private void heard(Object message) {
            if (message instanceof Engine.Events events) {
                next.add(events);
            } else if (message instanceof Engine.WatchEnded || message instanceof Terminated) {
                over = true;
            }
            give();
        }

        private void give() {
            if (isAvailable(out)) {
                Engine.Events taken = telling.hasNext() ? null : next.poll();
                if (taken != null) {
                    telling = taken.events().iterator();
                    taken.next().tell(Engine.More.INSTANCE);
                }
                if (telling.hasNext()) {
                    push(out, telling.next());
                }
            }
            if (over && !telling.hasNext() && next.isEmpty()) {
                completeStage();
            }
        }
    }
}
