package ahti.engine;

import ahti.actor.Handlers;
import ahti.engine.Engine.Command;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** No port could be bound: every torrent is refused, with the reason. */
final class Deaf extends Refusing {

    Deaf(ActorContext<Command> context, ActorRef<EventBoard.Command> board, Refusal refusal) {
        super(context, board, refusal);
    }

    @Override
    public Receive<Command> createReceive() {
        return refusing(new Handlers<Command>().onMessage(Engine.Stop.class, this::onStop))
                .build();
    }

    private Behavior<Command> onStop(Engine.Stop message) {
        message.replyTo().tell(Engine.Stopped.INSTANCE);
        return EventBoard.endWith(getContext(), board);
    }
}
