package ahti.engine;

import ahti.core.InfoHash;
import ahti.torrent.Torrent;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * The only actor of a plain door: asks the engine on behalf of users without actors, and keeps the snapshots of their downloads
 * fresh. Ends with the engine.
 */
final class Doorkeeper extends AbstractBehavior<Doorkeeper.Command> {
    /** For an answer of the engine, which always comes; a bug must not keep a stage open for ever. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    sealed interface Command {}

    /** Add a torrent, and tell this when it is there. */
    record Add(TorrentSource source, AddOptions options, CompletableFuture<Download> promise) implements Command {}

    /** Remove one. */
    record Remove(InfoHash infoHash, boolean deleteData, CompletableFuture<Void> promise) implements Command {}

    /** Tell a torrent something, and say when it has heard it. */
    record Pass(PlainDownload download, Torrent.Command command, CompletableFuture<Void> promise) implements Command {}

    private record Answered(Engine.AddReply reply, CompletableFuture<Download> promise) implements Command {}

    private record Begun(TorrentRef torrent, TorrentStatus status, CompletableFuture<Download> promise)
            implements Command {}

    private record Left(Engine.RemoveReply reply, CompletableFuture<Void> promise) implements Command {}

    private record Heeded(Pass passed, TorrentStatus status) implements Command {}

    private record Unanswered(CompletableFuture<?> promise) implements Command {}

    private record Reported(TorrentStatus status) implements Command {}

    private record Told(Engine.Watched told) implements Command {}

    private enum Look implements Command {
        INSTANCE
    }

    private enum EngineGone implements Command {
        INSTANCE
    }

    private final ActorRef<Engine.Command> engine;
    private final PlainAhti door;
    private final ActorRef<TorrentStatus> reports;
    /** Torrents that left with a problem: the last word about them. */
    private final Map<InfoHash, ProblemException> fates = new LinkedHashMap<>();

    private Doorkeeper(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            ActorRef<Engine.Command> engine,
            PlainAhti door,
            Duration every) {
        super(context);
        this.engine = engine;
        this.door = door;
        this.reports = context.messageAdapter(TorrentStatus.class, Reported::new);
        context.watchWith(engine, EngineGone.INSTANCE);
        timers.startTimerWithFixedDelay(Look.INSTANCE, Look.INSTANCE, every);
        EventFilter filter = EventFilter.all()
                .only(TorrentEvent.StateChanged.class, TorrentEvent.Finished.class, TorrentEvent.ProblemRaised.class);
        engine.tell(new Engine.Watch(filter, context.messageAdapter(Engine.Watched.class, Told::new)));
    }

    static Behavior<Command> create(ActorRef<Engine.Command> engine, PlainAhti door, Duration every) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new Doorkeeper(context, timers, engine, door, every)));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Reported.class, this::onReported)
                .onMessage(Told.class, this::onTold)
                .onMessage(Look.class, this::onLook)
                .onMessage(Add.class, this::onAdd)
                .onMessage(Answered.class, this::onAnswered)
                .onMessage(Begun.class, this::onBegun)
                .onMessage(Remove.class, this::onRemove)
                .onMessage(Left.class, this::onLeft)
                .onMessage(Pass.class, this::onPass)
                .onMessage(Heeded.class, this::onHeeded)
                .onMessage(Unanswered.class, this::onUnanswered)
                .onMessage(EngineGone.class, this::onEngineGone)
                .onSignal(PostStop.class, this::onPostStop)
                .build();
    }

    private Behavior<Command> onLook(Look message) {
        door.all().forEach(this::look);
        return this;
    }

    private void look(PlainDownload download) {
        download.torrent().actor().tell(new Torrent.GetStatus(0, reports));
    }

    private Behavior<Command> onReported(Reported message) {
        door.known(message.status().infoHash()).ifPresent(download -> download.reported(message.status()));
        return this;
    }

    private Behavior<Command> onTold(Told message) {
        if (message.told() instanceof Engine.Events events) {
            events.events().forEach(this::happened);
            events.next().tell(Engine.More.INSTANCE);
        }
        return this;
    }

    private void happened(EngineEvent event) {
        if (event instanceof EngineEvent.Happened happened) {
            InfoHash infoHash = happened.event().infoHash();
            if (happened.event() instanceof TorrentEvent.ProblemRaised raised) {
                fates.put(infoHash, new ProblemException(raised.problem()));
            } else {
                fates.remove(infoHash);
            }
            door.known(infoHash).ifPresent(this::look);
        } else if (event instanceof EngineEvent.TorrentRemoved removed) {
            RuntimeException why = Optional.<RuntimeException>ofNullable(fates.remove(removed.infoHash()))
                    .orElse(new RefusedException(new Refusal.NoSuchTorrent(removed.infoHash())));
            door.forget(removed.infoHash()).ifPresent(download -> download.ended(why));
        } else if (event instanceof EngineEvent.EventsLost) {
            fates.clear();
            door.all().forEach(this::look);
        }
    }

    private Behavior<Command> onAdd(Add message) {
        ask(
                Engine.AddReply.class,
                engine,
                replyTo -> new Engine.Add(message.source(), message.options(), replyTo),
                reply -> new Answered(reply, message.promise()),
                message.promise());
        return this;
    }

    private Behavior<Command> onAnswered(Answered message) {
        if (message.reply() instanceof Engine.Added added) {
            status(added.torrent(), status -> new Begun(added.torrent(), status, message.promise()), message.promise());
        } else {
            door.promises()
                    .fail(message.promise(), new RefusedException(((Engine.NotAdded) message.reply()).refusal()));
        }
        return this;
    }

    private Behavior<Command> onBegun(Begun message) {
        PlainDownload download = new PlainDownload(message.torrent(), door, message.status());
        door.add(download);
        // What happened before anybody knew of it.
        look(download);
        door.promises().keep(message.promise(), download);
        return this;
    }

    private Behavior<Command> onRemove(Remove message) {
        ask(
                Engine.RemoveReply.class,
                engine,
                replyTo -> new Engine.Remove(message.infoHash(), message.deleteData(), replyTo),
                reply -> new Left(reply, message.promise()),
                message.promise());
        return this;
    }

    private Behavior<Command> onLeft(Left message) {
        if (message.reply() instanceof Engine.NotRemoved not) {
            door.promises().fail(message.promise(), new RefusedException(not.refusal()));
        } else {
            door.promises().keep(message.promise());
        }
        return this;
    }

    private Behavior<Command> onPass(Pass message) {
        TorrentRef torrent = message.download().torrent();
        torrent.actor().tell(message.command());
        // Messages of one sender keep their order: the answer comes from after the command.
        status(torrent, status -> new Heeded(message, status), message.promise());
        return this;
    }

    private Behavior<Command> onHeeded(Heeded message) {
        Pass passed = message.passed();
        if (passed.command() == Torrent.Resume.INSTANCE) {
            passed.download().begunAnew();
        }
        passed.download().reported(message.status());
        door.promises().keep(passed.promise());
        return this;
    }

    private Behavior<Command> onUnanswered(Unanswered message) {
        door.promises().fail(message.promise(), new RefusedException(Refusal.Stopping.INSTANCE));
        return this;
    }

    private Behavior<Command> onEngineGone(EngineGone message) {
        return Behaviors.stopped();
    }

    private Behavior<Command> onPostStop(PostStop signal) {
        door.ended();
        return this;
    }

    private void status(TorrentRef torrent, Function<TorrentStatus, Command> then, CompletableFuture<?> promise) {
        ask(TorrentStatus.class, torrent.actor(), replyTo -> new Torrent.GetStatus(0, replyTo), then, promise);
    }

    private <Q, A> void ask(
            Class<A> answer,
            ActorRef<Q> whom,
            Function<ActorRef<A>, Q> question,
            Function<A, Command> then,
            CompletableFuture<?> promise) {
        getContext()
                .ask(
                        answer,
                        whom,
                        PATIENCE,
                        question::apply,
                        (reply, failure) -> reply != null ? then.apply(reply) : new Unanswered(promise));
    }
}
