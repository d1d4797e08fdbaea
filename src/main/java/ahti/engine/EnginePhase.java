package ahti.engine;

import ahti.engine.Engine.Command;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** What all phases of an engine share: whoever wants to watch may, at any time. */
abstract class EnginePhase extends AbstractBehavior<Command> {
    final ActorRef<EventBoard.Command> board;

    EnginePhase(ActorContext<Command> context, ActorRef<EventBoard.Command> board) {
        super(context);
        this.board = board;
    }

    final Behavior<Command> onWatch(Engine.Watch message) {
        board.tell(new EventBoard.Subscribe(message));
        return this;
    }

    final void announce(EngineEvent event) {
        board.tell(new EventBoard.PutUp(event));
    }
}
