package ahti.engine;

import ahti.engine.Engine.Command;
import ahti.peer.PeerConnection;
import ahti.torrent.Torrent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** Every torrent was told to stop; when the last one has, so does the engine. */
final class Ending extends AbstractBehavior<Command> {
    private final Runnable unlock;
    private final List<ActorRef<Engine.Stopped>> replyTo = new ArrayList<>();
    private final Set<ActorRef<Torrent.Command>> running;

    private Ending(ActorContext<Command> context, Set<ActorRef<Torrent.Command>> running, Runnable unlock) {
        super(context);
        this.running = running;
        this.unlock = unlock;
    }

    /**
     * Tells the torrents.
     *
     * @param torrents that run; each is watched, and however it ends, it has ended
     * @param unlock gives the downloads' locks back, at the very end
     * @param cap how long to wait for them at most
     */
    static Behavior<Command> begin(
            ActorContext<Command> context,
            Set<ActorRef<Torrent.Command>> torrents,
            Runnable unlock,
            Duration cap,
            ActorRef<Engine.Stopped> replyTo) {
        Ending ending = new Ending(context, torrents, unlock);
        ending.replyTo.add(replyTo);
        ActorRef<Torrent.Stopped> nobody = context.getSystem().ignoreRef();
        torrents.forEach(torrent -> torrent.tell(new Torrent.Stop(nobody)));
        context.scheduleOnce(cap, context.getSelf(), Engine.StopOverdue.INSTANCE);
        return torrents.isEmpty() ? ending.end() : ending;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Engine.StopOverdue.class, this::onStopOverdue)
                .onMessage(Engine.Stop.class, this::onStop)
                .onMessage(Engine.PeerTold.class, this::onPeerTold)
                .onMessage(Engine.Add.class, this::onAdd)
                .onAnyMessage(late -> this)
                .onSignal(Terminated.class, this::onTorrentStopped)
                .onSignal(PostStop.class, this::onPostStop)
                .build();
    }

    private Behavior<Command> onTorrentStopped(Terminated signal) {
        running.remove(signal.getRef().<Torrent.Command>unsafeUpcast());
        return running.isEmpty() ? end() : this;
    }

    private Behavior<Command> onPostStop(PostStop signal) {
        unlock.run();
        return this;
    }

    private Behavior<Command> onStopOverdue(Engine.StopOverdue message) {
        getContext().getLog().warn("{} torrents did not stop in time", running.size());
        return end();
    }

    private Behavior<Command> onStop(Engine.Stop message) {
        replyTo.add(message.replyTo());
        return this;
    }

    private Behavior<Command> onAdd(Engine.Add message) {
        message.replyTo().tell(new Engine.NotAdded(new Refusal.CannotListen("the engine is stopping")));
        return this;
    }

    private Behavior<Command> onPeerTold(Engine.PeerTold message) {
        if (message.event() instanceof PeerConnection.Arrived arrived) {
            arrived.peer().tell(new PeerConnection.Disconnect("the engine stops"));
        }
        return this;
    }

    private Behavior<Command> end() {
        unlock.run();
        replyTo.forEach(asker -> asker.tell(Engine.Stopped.INSTANCE));
        return Behaviors.stopped();
    }
}
