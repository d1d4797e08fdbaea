package ahti.engine;

import ahti.engine.Engine.Command;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** No port could be bound: every torrent is refused, with the reason. */
final class Deaf extends AbstractBehavior<Command> {
    private final Refusal refusal;

    Deaf(ActorContext<Command> context, Refusal refusal) {
        super(context);
        this.refusal = refusal;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Engine.Add.class, this::onAdd)
                .onMessage(Engine.Stop.class, this::onStop)
                .onAnyMessage(late -> this)
                .build();
    }

    private Behavior<Command> onAdd(Engine.Add message) {
        message.replyTo().tell(new Engine.NotAdded(refusal));
        return this;
    }

    private Behavior<Command> onStop(Engine.Stop message) {
        message.replyTo().tell(Engine.Stopped.INSTANCE);
        return Behaviors.stopped();
    }
}
