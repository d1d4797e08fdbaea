package ahti.engine;

import ahti.actor.Handlers;
import ahti.dht.Dht;
import ahti.engine.Engine.Command;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/** A phase without torrents: whatever is asked of them is refused, always for the same reason. */
abstract class Refusing extends EnginePhase {
    private final Refusal refusal;

    Refusing(ActorContext<Command> context, ActorRef<EventBoard.Command> board, Refusal refusal) {
        super(context, board);
        this.refusal = refusal;
    }

    final Handlers<Command> refusing(Handlers<Command> builder) {
        return builder.onMessage(Engine.Watch.class, this::onWatch)
                .onMessage(Engine.Add.class, this::onAdd)
                .onMessage(Engine.Find.class, this::onFind)
                .onMessage(Engine.ListAll.class, this::onListAll)
                .onMessage(Engine.Remove.class, this::onRemove)
                .onMessage(Engine.FindPeers.class, this::onFindPeers)
                .onAnyMessage(late -> this);
    }

    private Behavior<Command> onAdd(Engine.Add message) {
        message.replyTo().tell(new Engine.NotAdded(refusal));
        return this;
    }

    private Behavior<Command> onFind(Engine.Find message) {
        message.replyTo().tell(new Engine.NotFound(message.infoHash()));
        return this;
    }

    private Behavior<Command> onListAll(Engine.ListAll message) {
        message.replyTo().tell(new Engine.Listing(0, true, List.of(), List.of()));
        return this;
    }

    private Behavior<Command> onFindPeers(Engine.FindPeers message) {
        message.replyTo().tell(new Dht.SearchEnded(0, 0, 0, 0));
        return this;
    }

    private Behavior<Command> onRemove(Engine.Remove message) {
        message.replyTo().tell(new Engine.NotRemoved(refusal));
        return this;
    }
}
