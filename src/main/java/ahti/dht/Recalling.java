package ahti.dht;

import ahti.actor.Handlers;
import ahti.dht.Dht.Command;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** What an earlier run kept is being read. Whatever is asked meanwhile waits. */
final class Recalling extends AbstractBehavior<Command> {
    /** One search and one watcher per torrent may come that early; further searches end empty. */
    static final int STASH = 20_000;

    private final TimerScheduler<Command> timers;
    private final StashBuffer<Command> stash;
    private final DhtSettings settings;
    private final Memory memory;
    private final ActorRef<Dht.Event> owner;

    private Recalling(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            StashBuffer<Command> stash,
            DhtSettings settings,
            Memory memory,
            ActorRef<Dht.Event> owner) {
        super(context);
        this.timers = timers;
        this.stash = stash;
        this.settings = settings;
        this.memory = memory;
        this.owner = owner;
    }

    /** Waits for what an earlier run kept, unless an earlier life of this one knows it already. */
    static Behavior<Command> begin(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            DhtSettings settings,
            Memory memory,
            ActorRef<Dht.Event> owner) {
        return memory.kept.isPresent()
                ? new Running(context, timers, settings, memory, owner)
                : Behaviors.withStash(STASH, stash -> new Recalling(context, timers, stash, settings, memory, owner));
    }

    @Override
    public Receive<Command> createReceive() {
        return new Handlers<Command>()
                .onMessage(Dht.Recall.class, this::onRecall)
                .onMessage(Dht.Stop.class, message -> Behaviors.stopped())
                .onAnyMessage(this::later)
                .build();
    }

    private Behavior<Command> onRecall(Dht.Recall message) {
        memory.kept = Optional.of(message.kept());
        return stash.unstashAll(new Running(getContext(), timers, settings, memory, owner));
    }

    private Behavior<Command> later(Command command) {
        if (!stash.isFull()) {
            stash.stash(command);
        } else if (command instanceof Dht.Search search) {
            search.replyTo().tell(new Dht.SearchEnded(0, 0, 0, 0));
        }
        return this;
    }
}
