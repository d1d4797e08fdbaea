package ahti.engine;

import ahti.core.InfoHash;
import ahti.disk.DownloadLock;
import ahti.engine.Engine.Command;
import ahti.engine.Engine.ListenerAck;
import ahti.hash.PieceHasher;
import ahti.net.PeerTransport;
import ahti.peer.PeerConnection;
import ahti.torrent.Torrent;
import ahti.torrent.TorrentSpec;
import ahti.torrent.World;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;

/**
 * Listening, with any number of torrents. A torrent that a bug ends recovers by itself ({@link Torrent#create}); no other
 * notices.
 */
final class Running extends AbstractBehavior<Command> {
    private final EngineSettings settings;
    private final PeerTransport.Listener listener;
    private final ActorRef<PeerConnection.Event> peerTold;
    private final World world;
    private final Map<InfoHash, Entry> torrents = new LinkedHashMap<>();
    /** Connections whose torrent is not known yet. */
    private int strangers;
    /** The listener's next connection waits here while there are too many strangers. */
    private @Nullable ActorRef<ListenerAck> held;

    private record Entry(InfoHash infoHash, ActorRef<Torrent.Command> torrent, Optional<DownloadLock> lock) {}

    private Running(ActorContext<Command> context, EngineSettings settings, PeerTransport.Listener listener) {
        super(context);
        this.settings = settings;
        this.listener = listener;
        this.peerTold = context.messageAdapter(PeerConnection.Event.class, Engine.PeerTold::new);
        ActorRef<PieceHasher.Command> hasher =
                context.spawn(PieceHasher.pool(settings.config().disk().hashers()), "hasher");
        this.world = new World(
                settings.config(),
                settings.clock(),
                settings.random(),
                settings.transport(),
                settings.http(),
                settings.datagrams(),
                settings.resolver(),
                settings.files(),
                hasher,
                listener.address().getPort());
    }

    static Behavior<Command> begin(
            ActorContext<Command> context, EngineSettings settings, PeerTransport.Listener listener) {
        context.getLog().info("listening on {}", listener.address());
        return new Running(context, settings, listener);
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Engine.Knocked.class, this::onKnocked)
                .onMessage(Engine.PeerTold.class, this::onPeerTold)
                .onMessage(Engine.StrangerGone.class, this::onStrangerGone)
                .onMessage(Engine.ListenerReady.class, this::onListenerReady)
                .onMessage(Engine.ListenerEnded.class, this::onListenerEnded)
                .onMessage(Engine.ListenerBroke.class, this::onListenerBroke)
                .onMessage(Engine.Add.class, this::onAdd)
                .onMessage(Engine.Stop.class, this::onStop)
                .onSignal(Terminated.class, this::onTorrentStopped)
                .onSignal(PostStop.class, this::onPostStop)
                .build();
    }

    private Behavior<Command> onListenerReady(Engine.ListenerReady message) {
        message.listener().tell(ListenerAck.INSTANCE);
        return this;
    }

    private Behavior<Command> onListenerEnded(Engine.ListenerEnded message) {
        getContext().getLog().warn("no longer listening on {}", listener.address());
        return this;
    }

    private Behavior<Command> onListenerBroke(Engine.ListenerBroke message) {
        getContext().getLog().warn("no longer listening: {}", message.reason());
        return this;
    }

    private Behavior<Command> onKnocked(Engine.Knocked message) {
        ActorRef<PeerConnection.Command> stranger = getContext()
                .spawnAnonymous(PeerConnection.accept(
                        message.connection(), settings.config().peer(), peerTold));
        getContext().watchWith(stranger, Engine.StrangerGone.INSTANCE);
        strangers++;
        held = message.listener();
        acceptMore();
        return this;
    }

    private void acceptMore() {
        ActorRef<ListenerAck> waiting = held;
        if (waiting != null && strangers < settings.config().net().maxStrangers()) {
            held = null;
            waiting.tell(ListenerAck.INSTANCE);
        }
    }

    private Behavior<Command> onStrangerGone(Engine.StrangerGone message) {
        strangers--;
        acceptMore();
        return this;
    }

    private Behavior<Command> onPeerTold(Engine.PeerTold message) {
        if (message.event() instanceof PeerConnection.Arrived arrived) {
            // From here on the torrent watches it.
            getContext().unwatch(arrived.peer());
            strangers--;
            acceptMore();
            Entry entry = torrents.get(arrived.infoHash());
            if (entry == null) {
                arrived.peer().tell(new PeerConnection.Disconnect("no such torrent here"));
            } else {
                entry.torrent().tell(new Torrent.Welcome(arrived.peer(), arrived.address()));
            }
        }
        return this;
    }

    private Behavior<Command> onAdd(Engine.Add message) {
        TorrentSpec spec = message.spec();
        InfoHash infoHash = wireHash(spec);
        if (torrents.containsKey(infoHash)) {
            message.replyTo()
                    .tell(new Engine.NotAdded(
                            new Refusal.Duplicate(spec.metainfo().name() + " is here already")));
            return this;
        }
        Optional<DownloadLock> lock = Optional.empty();
        if (spec.stateDirectory().isPresent()) {
            DownloadLock.Attempt attempt = DownloadLock.tryLock(
                    settings.files(),
                    spec.stateDirectory().get(),
                    spec.metainfo().infoHash());
            if (attempt instanceof DownloadLock.Taken taken) {
                message.replyTo().tell(new Engine.NotAdded(new Refusal.Locked(taken.file(), taken.holder())));
                return this;
            }
            if (attempt instanceof DownloadLock.Untried untried) {
                message.replyTo()
                        .tell(new Engine.NotAdded(
                                new Refusal.NoState(untried.problem().describe())));
                return this;
            }
            lock = Optional.of(((DownloadLock.Held) attempt).lock());
        }
        ActorRef<Torrent.Command> torrent =
                getContext().spawn(Torrent.create(spec, world, message.subscriber()), "torrent-" + infoHash.hex());
        getContext().watch(torrent);
        torrents.put(infoHash, new Entry(infoHash, torrent, lock));
        message.replyTo().tell(new Engine.Added(torrent, listener.address()));
        return this;
    }

    /** What a handshake names: 20 bytes, whatever the version. */
    private static InfoHash wireHash(TorrentSpec spec) {
        return InfoHash.v1(spec.metainfo().infoHash().wireBytes());
    }

    /** Somebody told it to, or it failed too often and said so itself. */
    private Behavior<Command> onTorrentStopped(Terminated signal) {
        remove(signal.getRef().unsafeUpcast());
        return this;
    }

    private void remove(ActorRef<Torrent.Command> torrent) {
        torrents.values().removeIf(entry -> {
            boolean gone = entry.torrent().equals(torrent);
            if (gone) {
                entry.lock().ifPresent(DownloadLock::close);
            }
            return gone;
        });
    }

    /** Stopped without being asked: by the end of the actor system, or of a bug. */
    private Behavior<Command> onPostStop(PostStop signal) {
        unlock();
        return this;
    }

    private void unlock() {
        torrents.values().forEach(entry -> entry.lock().ifPresent(DownloadLock::close));
    }

    private Behavior<Command> onStop(Engine.Stop message) {
        listener.close();
        return Ending.begin(
                getContext(),
                new LinkedHashSet<>(
                        torrents.values().stream().map(Entry::torrent).toList()),
                this::unlock,
                settings.config().torrent().stopCap(),
                message.replyTo());
    }
}
