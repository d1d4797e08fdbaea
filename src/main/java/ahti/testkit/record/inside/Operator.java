package ahti.testkit.record.inside;

import ahti.actor.Handlers;
import ahti.core.InfoHash;
import ahti.engine.Engine;
import ahti.engine.EventFilter;
import ahti.engine.TorrentRef;
import ahti.engine.TorrentSource;
import ahti.net.Datagrams;
import ahti.testkit.record.event.Addition;
import ahti.testkit.record.event.Wish;
import ahti.testkit.record.inside.Operator.Command;
import ahti.torrent.Torrent;
import ahti.torrent.TorrentStatus;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Stands in for the user beside the engine: adds the torrent, passes wishes on, and hands back what it hears. The only place
 * that speaks the engine's protocol from inside.
 */
final class Operator extends AbstractBehavior<Command> {

    /** What an operator is told. */
    sealed interface Command {}

    /** The user wants something. */
    record Pass(Wish wish) implements Command {}

    /** Sockets of this receiver end with it. */
    record Watch(ActorRef<Datagrams.Event> receiver) implements Command {}

    private record Answered(Engine.AddReply reply) implements Command {}

    private record Heard(Engine.Watched told) implements Command {}

    /** Said by the engine or its torrent, and for the user. */
    private record Hears(Said said) implements Command {}

    private enum EngineStopped implements Command {
        INSTANCE
    }

    private final ActorRef<Engine.Command> engine;
    private final InfoHash infoHash;
    private final Outside outside;
    private final Sockets sockets;
    private final ActorRef<TorrentStatus> reports;
    private final ActorRef<Torrent.Peers> lists;
    private final ActorRef<Torrent.Stopped> torrentStopped;
    private final ActorRef<Torrent.SelectReply> selections;
    private final ActorRef<Engine.Listing> listings;
    private final ActorRef<Engine.RemoveReply> removals;
    private final ActorRef<Engine.Stopped> engineStopped;
    private Optional<TorrentRef> torrent = Optional.empty();

    private Operator(
            ActorContext<Command> context,
            Behavior<Engine.Command> behavior,
            Addition addition,
            Outside outside,
            Sockets sockets) {
        super(context);
        this.infoHash = addition.infoHash();
        this.outside = outside;
        this.sockets = sockets;
        sockets.watchedBy(receiver -> context.getSelf().tell(new Watch(receiver)));
        this.reports = context.messageAdapter(TorrentStatus.class, status -> new Hears(new Said.Reported(status)));
        this.lists = context.messageAdapter(Torrent.Peers.class, peers -> new Hears(new Said.Listed(peers)));
        this.torrentStopped =
                context.messageAdapter(Torrent.Stopped.class, any -> new Hears(new Said.TorrentStopped()));
        this.selections =
                context.messageAdapter(Torrent.SelectReply.class, reply -> new Hears(new Said.Selected(reply)));
        this.listings = context.messageAdapter(Engine.Listing.class, listing -> new Hears(new Said.Roster(listing)));
        this.removals = context.messageAdapter(Engine.RemoveReply.class, reply -> new Hears(new Said.Removed(reply)));
        this.engineStopped = context.messageAdapter(Engine.Stopped.class, any -> EngineStopped.INSTANCE);
        this.engine = context.spawn(behavior, "engine");
        context.watch(engine);
        engine.tell(new Engine.Watch(EventFilter.all(), context.messageAdapter(Engine.Watched.class, Heard::new)));
        engine.tell(new Engine.Add(
                new TorrentSource.FromMetainfo(addition.metainfo()),
                addition.options(),
                context.messageAdapter(Engine.AddReply.class, Answered::new)));
    }

    static Behavior<Command> create(
            Behavior<Engine.Command> engine, Addition addition, Outside outside, Sockets sockets) {
        return Behaviors.setup(context -> new Operator(context, engine, addition, outside, sockets));
    }

    @Override
    public Receive<Command> createReceive() {
        return new Handlers<Command>()
                .onMessage(Hears.class, this::onHears)
                .onMessage(Pass.class, this::onPass)
                .onMessage(Heard.class, this::onHeard)
                .onMessage(Watch.class, this::onWatch)
                .onMessage(Answered.class, this::onAnswered)
                .onMessage(EngineStopped.class, this::onEngineStopped)
                .onSignal(Terminated.class, this::onTerminated)
                .build();
    }

    private Behavior<Command> onPass(Pass message) {
        Wish wish = message.wish();
        if (wish instanceof Wish.Listing listing) {
            engine.tell(new Engine.ListAll(listing.changedSince(), listings));
        } else if (wish instanceof Wish.Remove remove) {
            engine.tell(new Engine.Remove(infoHash, remove.deleteData(), removals));
        } else if (wish instanceof Wish.LimitAll limit) {
            engine.tell(new Engine.SetLimits(limit.limits()));
        } else if (wish instanceof Wish.Stop stop) {
            engine.tell(new Engine.Stop(stop.graceNanos().map(Duration::ofNanos), engineStopped));
        } else {
            torrent.ifPresent(known -> known.actor().tell(command(wish)));
        }
        return this;
    }

    private Torrent.Command command(Wish wish) {
        if (wish instanceof Wish.Status status) {
            return new Torrent.GetStatus(status.cells(), reports);
        } else if (wish instanceof Wish.Peers) {
            return new Torrent.GetPeers(lists);
        } else if (wish instanceof Wish.Reannounce) {
            return Torrent.Reannounce.INSTANCE;
        } else if (wish instanceof Wish.Pause) {
            return Torrent.Pause.INSTANCE;
        } else if (wish instanceof Wish.Resume) {
            return Torrent.Resume.INSTANCE;
        } else if (wish instanceof Wish.AddPeers add) {
            return new Torrent.AddPeers(add.peers());
        } else if (wish instanceof Wish.Select select) {
            return new Torrent.Select(select.files().selection(), selections);
        } else if (wish instanceof Wish.LimitTorrent limit) {
            return new Torrent.SetLimits(limit.limits());
        } else if (wish instanceof Wish.StopTorrent) {
            return new Torrent.Stop(torrentStopped);
        }
        throw new IllegalArgumentException("no wish for a torrent: " + wish);
    }

    private Behavior<Command> onAnswered(Answered message) {
        if (message.reply() instanceof Engine.Added added) {
            torrent = Optional.of(added.torrent());
            getContext().watch(added.torrent().actor());
            outside.says(
                    new Said.Added(added.torrent().infoHash(), added.torrent().name(), added.listening()));
        } else if (message.reply() instanceof Engine.NotAdded not) {
            outside.says(new Said.NotAdded(not.refusal()));
        }
        return this;
    }

    private Behavior<Command> onHeard(Heard message) {
        if (message.told() instanceof Engine.Events told) {
            told.events().forEach(event -> outside.says(new Said.Happened(event)));
            told.next().tell(Engine.More.INSTANCE);
        }
        return this;
    }

    private Behavior<Command> onHears(Hears message) {
        outside.says(message.said());
        return this;
    }

    /** Its end says the same, a moment later. */
    private Behavior<Command> onEngineStopped(EngineStopped message) {
        return this;
    }

    private Behavior<Command> onWatch(Watch message) {
        getContext().watch(message.receiver());
        return this;
    }

    private Behavior<Command> onTerminated(Terminated signal) {
        ActorRef<Void> gone = signal.getRef();
        if (gone.path().equals(engine.path())) {
            outside.says(new Said.Ended());
        } else if (torrent.filter(known -> known.actor().path().equals(gone.path()))
                .isPresent()) {
            torrent = Optional.empty();
            outside.says(new Said.TorrentGone());
        } else {
            sockets.gone(gone);
        }
        return this;
    }
}
