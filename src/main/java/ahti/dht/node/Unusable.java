package ahti.dht.node;

import ahti.actor.Handlers;
import ahti.dht.krpc.Family;
import ahti.dht.node.DhtNode.Command;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** There is no socket: nothing is asked of anybody, and whoever waits for something hears that it is over. */
final class Unusable extends AbstractBehavior<Command> {
    private final Family family;
    private final ActorRef<DhtNode.Event> owner;

    Unusable(ActorContext<Command> context, Family family, ActorRef<DhtNode.Event> owner) {
        super(context);
        this.family = family;
        this.owner = owner;
    }

    @Override
    public Receive<Command> createReceive() {
        return new Handlers<Command>()
                .onMessage(DhtNode.Seek.class, this::onSeek)
                .onMessage(DhtNode.Keep.class, this::onKeep)
                .onMessage(DhtNode.AskNearest.class, this::onAskNearest)
                .onAnyMessage(message -> this)
                .build();
    }

    private Behavior<Command> onSeek(DhtNode.Seek message) {
        owner.tell(new DhtNode.Ended(message.ticket(), 0, 0, 0, 0));
        return this;
    }

    private Behavior<Command> onKeep(DhtNode.Keep message) {
        owner.tell(new DhtNode.Kept(family, List.of(), Optional.empty()));
        return this;
    }

    private Behavior<Command> onAskNearest(DhtNode.AskNearest message) {
        message.replyTo().tell(new DhtNode.NearestAre(message.query(), message.from(), List.of()));
        return this;
    }
}
