package ahti.engine;

import ahti.actor.Handlers;
import ahti.core.InfoHash;
import ahti.dht.Dht;
import ahti.disk.DiskClerk;
import ahti.disk.DiskWriter;
import ahti.disk.KeptMetadata;
import ahti.disk.PieceInspector;
import ahti.engine.Engine.Command;
import ahti.engine.Engine.ListenerAck;
import ahti.hash.PieceHasher;
import ahti.limit.Allotter;
import ahti.limit.Seats;
import ahti.lsd.LocalDiscovery;
import ahti.net.PeerTransport;
import ahti.net.place.Whereabouts;
import ahti.peer.PeerConnection;
import ahti.torrent.Torrent;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentSpec;
import ahti.torrent.World;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.stream.Materializer;
import org.jspecify.annotations.Nullable;

/**
 * Listening, with any number of torrents. A torrent that a bug ends recovers by itself ({@link Torrent#create}); no other
 * notices.
 */
final class Running extends EnginePhase {
    private final EngineSettings settings;
    private final PeerTransport.Listener listener;
    private final ActorRef<PeerConnection.Event> peerTold;
    private final World world;
    /** Torrents of which only a magnet link is known. */
    private final Map<InfoHash, Purpose.Linked> links = new LinkedHashMap<>();

    private final ActorRef<Allotter.Command> allotter;
    private final ActorRef<Seats.Command> seats;
    private final ActorRef<TorrentEvent> torrentTold;
    private final ActorRef<DiskClerk.Command> clerk;
    private final Roster roster = new Roster();
    private final Arrivals arrivals;
    private final Departures departures;
    private final DhtKeeper keeper;
    private final Strangers strangers;
    /** The listener's next connection waits here while too many strangers are still to go. */
    private @Nullable ActorRef<ListenerAck> held;

    private Running(
            ActorContext<Command> context,
            EngineSettings settings,
            ActorRef<EventBoard.Command> board,
            PeerTransport.Listener listener) {
        super(context, board);
        this.settings = settings;
        this.listener = listener;
        this.strangers = new Strangers(settings.config().net().maxStrangers());
        this.peerTold = context.messageAdapter(PeerConnection.Event.class, Engine.PeerTold::new);
        this.torrentTold = context.messageAdapter(TorrentEvent.class, Engine.TorrentTold::new);
        this.clerk = context.spawn(DiskClerk.create(settings.files()), "clerk", DiskWriter.props());
        ActorRef<DiskClerk.Reply> clerkTold = context.messageAdapter(DiskClerk.Reply.class, Engine.ClerkTold::new);
        AtomicLong tickets = new AtomicLong();
        this.departures = new Departures(clerk, clerkTold, tickets::incrementAndGet);
        this.arrivals = new Arrivals(
                clerk,
                clerkTold,
                tickets::incrementAndGet,
                settings.config().limits(),
                settings.config().engine().maxAdding(),
                wireHash -> roster.find(wireHash).isPresent() || departures.has(wireHash));
        ActorRef<PieceHasher.Command> hasher =
                context.spawn(PieceHasher.pool(settings.config().disk().hashers()), "hasher");
        ActorRef<PieceInspector.Command> inspectors = context.spawn(PieceInspector.create(), "inspectors");
        ActorRef<Whereabouts.Command> whereabouts = context.spawn(
                Whereabouts.create(
                        settings.datagrams()::addresses, settings.config().net().lookInterval()),
                "whereabouts");
        this.keeper = new DhtKeeper(
                context,
                settings,
                whereabouts,
                listener.address().getPort(),
                clerk,
                clerkTold,
                tickets::incrementAndGet);
        this.allotter = context.spawn(
                Allotter.create(
                        settings.clock(),
                        settings.config().rates().interval(),
                        settings.config().rates().limits(),
                        settings.config().peer().uploadBuffers(),
                        settings.config().peer().uploadBuffer()),
                "allotter");
        this.seats = context.spawn(
                Seats.create(
                        settings.config().net().maxPeers(),
                        settings.config().torrent().maxPeers()),
                "seats");
        this.world = new World(
                settings.config(),
                settings.clock(),
                settings.random(),
                settings.random(),
                settings.transport(),
                settings.http(),
                settings.datagrams(),
                settings.resolver(),
                settings.files(),
                hasher,
                inspectors,
                keeper.dht(),
                localDiscovery(),
                whereabouts,
                allotter,
                seats,
                listener.address().getPort());
    }

    private Optional<ActorRef<LocalDiscovery.Command>> localDiscovery() {
        return settings.config().discovery().lpd()
                ? Optional.of(getContext()
                        .spawn(
                                LocalDiscovery.create(
                                        settings.config().discovery(),
                                        settings.clock(),
                                        settings.random(),
                                        settings.datagrams(),
                                        listener.address().getPort()),
                                "local-discovery"))
                : Optional.empty();
    }

    static Behavior<Command> begin(
            ActorContext<Command> context,
            EngineSettings settings,
            ActorRef<EventBoard.Command> board,
            PeerTransport.Listener listener) {
        context.getLog().info("listening on {}", listener.address());
        return new Running(context, settings, board, listener);
    }

    @Override
    public Receive<Command> createReceive() {
        return new Handlers<Command>()
                .onMessage(Engine.Knocked.class, this::onKnocked)
                .onMessage(Engine.PeerTold.class, this::onPeerTold)
                .onMessage(Engine.StrangerGone.class, this::onStrangerGone)
                .onMessage(Engine.ListenerReady.class, this::onListenerReady)
                .onMessage(Engine.ListenerEnded.class, this::onListenerEnded)
                .onMessage(Engine.ListenerBroke.class, this::onListenerBroke)
                .onMessage(Engine.TorrentTold.class, this::onTorrentTold)
                .onMessage(Engine.ClerkTold.class, this::onClerkTold)
                .onMessage(Engine.DhtTold.class, this::onDhtTold)
                .onMessage(Engine.FindPeers.class, this::onFindPeers)
                .onMessage(Engine.Find.class, this::onFind)
                .onMessage(Engine.ListAll.class, this::onListAll)
                .onMessage(Engine.Watch.class, this::onWatch)
                .onMessage(Engine.Add.class, this::onAdd)
                .onMessage(Engine.Remove.class, this::onRemove)
                .onMessage(Engine.SetLimits.class, this::onSetLimits)
                .onMessage(Engine.Stop.class, this::onStop)
                .onSignal(Terminated.class, this::onTorrentStopped)
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
        if (!settings.transport().mayTalkTo(message.connection().peer())) {
            // One of our own for each would stay until the engine ends.
            message.connection().refuse(Materializer.matFromSystem(getContext().getSystem()));
            message.listener().tell(ListenerAck.INSTANCE);
            return this;
        }
        ActorRef<PeerConnection.Command> stranger = getContext()
                .spawnAnonymous(PeerConnection.accept(
                        message.connection(), settings.config().peer(), peerTold));
        getContext().watchWith(stranger, new Engine.StrangerGone(stranger));
        strangers.came(stranger, message.connection().peer());
        held = message.listener();
        acceptMore();
        return this;
    }

    private void acceptMore() {
        ActorRef<ListenerAck> waiting = held;
        if (waiting != null && strangers.mayCome()) {
            held = null;
            waiting.tell(ListenerAck.INSTANCE);
        }
    }

    private Behavior<Command> onStrangerGone(Engine.StrangerGone message) {
        strangers.gone(message.stranger());
        acceptMore();
        return this;
    }

    private Behavior<Command> onPeerTold(Engine.PeerTold message) {
        if (message.event() instanceof PeerConnection.Arrived arrived && strangers.named(arrived.peer())) {
            // From here on the torrent watches it.
            getContext().unwatch(arrived.peer());
            Optional<Roster.Entry> entry = roster.find(arrived.infoHash());
            if (entry.isEmpty()) {
                arrived.peer().tell(new PeerConnection.Disconnect("no such torrent here"));
            } else {
                entry.get().actor().tell(new Torrent.Welcome(arrived.peer(), arrived.address()));
            }
        }
        return this;
    }

    private Behavior<Command> onTorrentTold(Engine.TorrentTold message) {
        if (message.event() instanceof TorrentEvent.MetadataKnown known) {
            known(known);
        }
        roster.told(message.event());
        announce(new EngineEvent.Happened(message.event()));
        return this;
    }

    private Behavior<Command> onDhtTold(Engine.DhtTold message) {
        keeper.told(message.event());
        return this;
    }

    private Behavior<Command> onFindPeers(Engine.FindPeers message) {
        keeper.dht()
                .ifPresentOrElse(
                        dht -> dht.tell(new Dht.Search(message.infoHash(), OptionalInt.empty(), message.replyTo())),
                        () -> message.replyTo().tell(new Dht.SearchEnded(0, 0, 0, 0)));
        return this;
    }

    private Behavior<Command> onFind(Engine.Find message) {
        message.replyTo()
                .tell(roster.find(message.infoHash())
                        .<Engine.FindReply>map(
                                entry -> new Engine.Found(entry.summary().torrent()))
                        .orElse(new Engine.NotFound(message.infoHash())));
        return this;
    }

    private Behavior<Command> onListAll(Engine.ListAll message) {
        message.replyTo().tell(roster.since(message.changedSince()));
        return this;
    }

    private Behavior<Command> onAdd(Engine.Add message) {
        // Each torrent draws from a generator of its own: how much one draws, or that it fails, changes no other.
        arrivals.begin(message, settings.random().nextLong());
        return this;
    }

    private Behavior<Command> onClerkTold(Engine.ClerkTold message) {
        departures.heard(message.reply());
        keeper.heard(message.reply());
        arrivals.heard(message.reply()).ifPresent(this::start);
        return this;
    }

    private void start(Arrivals.Ready ready) {
        Purpose purpose = ready.purpose();
        InfoHash infoHash = purpose.wireHash();
        allotter.tell(new Allotter.LimitTorrent(infoHash, ready.add().options().limits()));
        World own = world.with(new SplittableRandom(ready.seed()));
        ActorRef<Torrent.Command> actor = getContext().spawn(behavior(purpose, own), "torrent-" + infoHash.hex());
        getContext().watch(actor);
        if (ready.add().options().paused()) {
            actor.tell(Torrent.Pause.INSTANCE);
        }
        TorrentRef torrent = new TorrentRef(infoHash, purpose.name(), actor);
        roster.add(torrent, purpose instanceof Purpose.Whole whole ? Optional.of(whole.spec()) : Optional.empty());
        if (purpose instanceof Purpose.Linked linked) {
            links.put(infoHash, linked);
        }
        announce(new EngineEvent.TorrentAdded(infoHash, torrent.name()));
        ready.add().replyTo().tell(new Engine.Added(torrent, listener.address()));
    }

    private Behavior<Torrent.Command> behavior(Purpose purpose, World own) {
        return purpose instanceof Purpose.Whole whole
                ? Torrent.create(whole.spec(), own, torrentTold)
                : Torrent.create(((Purpose.Linked) purpose).spec(), own, torrentTold);
    }

    /** What was a magnet link is a torrent: the next run need not look for it again. */
    private void known(TorrentEvent.MetadataKnown known) {
        Purpose.Linked link = links.remove(known.infoHash());
        if (link == null) {
            return;
        }
        TorrentSpec spec = link.spec().whole().apply(known.metainfo(), List.of());
        roster.known(known.infoHash(), spec);
        spec.stateDirectory()
                .ifPresent(state -> clerk.tell(new DiskClerk.KeepTorrent(
                        KeptMetadata.file(state, known.infoHash()),
                        known.metainfo(),
                        settings.config().limits())));
    }

    private Behavior<Command> onSetLimits(Engine.SetLimits message) {
        allotter.tell(new Allotter.Limit(message.limits()));
        return this;
    }

    private Behavior<Command> onRemove(Engine.Remove message) {
        Optional<Roster.Entry> entry = roster.find(message.infoHash());
        if (entry.isEmpty()) {
            message.replyTo().tell(new Engine.NotRemoved(new Refusal.NoSuchTorrent(message.infoHash())));
        } else {
            departures.begin(message);
            entry.get().actor().tell(new Torrent.Stop(getContext().getSystem().ignoreRef()));
        }
        return this;
    }

    /** Somebody told it to, or it failed too often and said so itself. */
    private Behavior<Command> onTorrentStopped(Terminated signal) {
        roster.remove(signal.getRef()).ifPresent(this::left);
        return this;
    }

    private void left(Roster.Entry gone) {
        InfoHash infoHash = gone.summary().torrent().infoHash();
        links.remove(infoHash);
        announce(new EngineEvent.TorrentRemoved(infoHash));
        departures.stopped(infoHash, gone.spec());
        allotter.tell(new Allotter.ForgetTorrent(infoHash));
        seats.tell(new Seats.Leave(infoHash));
    }

    private Behavior<Command> onStop(Engine.Stop message) {
        listener.close();
        arrivals.refuseAll(Refusal.Stopping.INSTANCE);
        departures.refuseAll(Refusal.Stopping.INSTANCE);
        Duration cap = settings.config().torrent().stopCap();
        return Ending.begin(
                getContext(),
                board,
                new LinkedHashSet<>(
                        roster.all().stream().map(Roster.Entry::actor).toList()),
                clerk,
                keeper,
                message.grace().filter(grace -> grace.compareTo(cap) < 0).orElse(cap),
                message.replyTo());
    }
}
