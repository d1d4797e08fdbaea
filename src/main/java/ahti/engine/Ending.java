package ahti.engine;

import ahti.engine.Engine.Command;
import ahti.peer.PeerConnection;
import ahti.torrent.Torrent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** Every torrent was told to stop; when the last one has, so does the engine. */
final class Ending extends AbstractBehavior<Command> {
    private final Runnable unlock;
    private final List<ActorRef<Engine.Stopped>> replyTo = new ArrayList<>();
    private int running;

    private Ending(ActorContext<Command> context, int running, Runnable unlock) {
        super(context);
        this.running = running;
        this.unlock = unlock;
    }

    /**
     * Tells the torrents.
     *
     * @param unlock gives the downloads' locks back, at the very end
     * @param cap how long to wait for them at most
     */
    static Behavior<Command> begin(
            ActorContext<Command> context,
            List<ActorRef<Torrent.Command>> torrents,
            Runnable unlock,
            Duration cap,
            ActorRef<Engine.Stopped> replyTo) {
        Ending ending = new Ending(context, torrents.size(), unlock);
        ending.replyTo.add(replyTo);
        ActorRef<Torrent.Stopped> stopped =
                context.messageAdapter(Torrent.Stopped.class, reply -> Engine.TorrentStopped.INSTANCE);
        torrents.forEach(torrent -> torrent.tell(new Torrent.Stop(stopped)));
        // A torrent that is just being restarted after a bug hears nothing.
        context.scheduleOnce(cap, context.getSelf(), Engine.StopOverdue.INSTANCE);
        return torrents.isEmpty() ? ending.end() : ending;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Engine.TorrentStopped.class, this::onTorrentStopped)
                .onMessage(Engine.StopOverdue.class, this::onStopOverdue)
                .onMessage(Engine.Stop.class, this::onStop)
                .onMessage(Engine.PeerTold.class, this::onPeerTold)
                .onMessage(Engine.Add.class, this::onAdd)
                .onAnyMessage(late -> this)
                .build();
    }

    private Behavior<Command> onTorrentStopped(Engine.TorrentStopped message) {
        running--;
        return running == 0 ? end() : this;
    }

    private Behavior<Command> onStopOverdue(Engine.StopOverdue message) {
        getContext().getLog().warn("{} torrents did not stop in time", running);
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
