package ahti.engine;

import ahti.actor.Handlers;
import ahti.dht.Dht;
import ahti.disk.DiskClerk;
import ahti.engine.Engine.Command;
import ahti.peer.PeerConnection;
import ahti.torrent.Torrent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** Every torrent was told to stop; when the last one has and the downloads' locks are given back, so does the engine. */
final class Ending extends Refusing {
    private final List<ActorRef<Engine.Stopped>> replyTo = new ArrayList<>();
    private final Set<ActorRef<Torrent.Command>> running;
    private final ActorRef<DiskClerk.Command> clerk;
    private final DhtKeeper keeper;
    private boolean dhtRuns;

    private Ending(
            ActorContext<Command> context,
            ActorRef<EventBoard.Command> board,
            Set<ActorRef<Torrent.Command>> running,
            ActorRef<DiskClerk.Command> clerk,
            DhtKeeper keeper) {
        super(context, board, Refusal.Stopping.INSTANCE);
        this.running = running;
        this.clerk = clerk;
        this.keeper = keeper;
        this.dhtRuns = keeper.dht().isPresent();
    }

    /**
     * Tells the torrents.
     *
     * @param torrents that run; each is watched, and however it ends, it has ended
     * @param clerk holds the downloads' locks, until the very end
     * @param keeper of the DHT, which stops, too
     * @param cap how long to wait for them at most
     */
    static Behavior<Command> begin(
            ActorContext<Command> context,
            ActorRef<EventBoard.Command> board,
            Set<ActorRef<Torrent.Command>> torrents,
            ActorRef<DiskClerk.Command> clerk,
            DhtKeeper keeper,
            Duration cap,
            ActorRef<Engine.Stopped> replyTo) {
        Ending ending = new Ending(context, board, torrents, clerk, keeper);
        ending.replyTo.add(replyTo);
        ActorRef<Torrent.Stopped> nobody = context.getSystem().ignoreRef();
        torrents.forEach(torrent -> torrent.tell(new Torrent.Stop(nobody)));
        keeper.dht().ifPresent(dht -> {
            context.watch(dht);
            dht.tell(Dht.Stop.INSTANCE);
        });
        context.watch(clerk);
        context.scheduleOnce(cap, context.getSelf(), Engine.StopOverdue.INSTANCE);
        ending.unlockWhenDone();
        return ending;
    }

    @Override
    public Receive<Command> createReceive() {
        return refusing(new Handlers<Command>()
                        .onMessage(Engine.StopOverdue.class, this::onStopOverdue)
                        .onMessage(Engine.Stop.class, this::onStop)
                        .onMessage(Engine.DhtTold.class, this::onDhtTold)
                        .onMessage(Engine.PeerTold.class, this::onPeerTold)
                        .onMessage(Engine.TorrentTold.class, this::onTorrentTold))
                .onSignal(Terminated.class, this::onTerminated)
                .build();
    }

    private Behavior<Command> onTerminated(Terminated signal) {
        if (signal.getRef().<DiskClerk.Command>unsafeUpcast().equals(clerk)) {
            return end();
        }
        boolean isDht = keeper.dht().stream()
                .anyMatch(dht -> signal.getRef().<Dht.Command>unsafeUpcast().equals(dht));
        dhtRuns &= !isDht;
        running.remove(signal.getRef().<Torrent.Command>unsafeUpcast());
        unlockWhenDone();
        return this;
    }

    private void unlockWhenDone() {
        if (running.isEmpty() && !dhtRuns) {
            clerk.tell(DiskClerk.Close.INSTANCE);
        }
    }

    private Behavior<Command> onStopOverdue(Engine.StopOverdue message) {
        getContext().getLog().warn("{} torrents did not stop in time", running.size());
        return end();
    }

    private Behavior<Command> onStop(Engine.Stop message) {
        replyTo.add(message.replyTo());
        return this;
    }

    private Behavior<Command> onDhtTold(Engine.DhtTold message) {
        keeper.told(message.event());
        return this;
    }

    private Behavior<Command> onTorrentTold(Engine.TorrentTold message) {
        announce(new EngineEvent.Happened(message.event()));
        return this;
    }

    private Behavior<Command> onPeerTold(Engine.PeerTold message) {
        if (message.event() instanceof PeerConnection.Arrived arrived) {
            arrived.peer().tell(new PeerConnection.Disconnect("the engine stops"));
        }
        return this;
    }

    private Behavior<Command> end() {
        replyTo.forEach(asker -> asker.tell(Engine.Stopped.INSTANCE));
        return EventBoard.endWith(getContext(), board);
    }
}
