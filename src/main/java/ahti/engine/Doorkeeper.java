package ahti.engine;

import ahti.actor.Handlers;
import ahti.core.InfoHash;
import ahti.metainfo.FileSelection;
import ahti.torrent.Problem;
import ahti.torrent.SelectRefusal;
import ahti.torrent.Torrent;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentStatus;
import java.time.Duration;
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

    /** For an answer of a torrent, which comes at once; one that a bug took along is asked for again. */
    private static final Duration TORRENT_PATIENCE = Duration.ofSeconds(10);

    sealed interface Command {}

    /** Add a torrent, and tell this when it is there. */
    record Add(TorrentSource source, AddOptions options, CompletableFuture<Download> promise) implements Command {}

    /** Remove one. */
    record Remove(PlainDownload download, boolean deleteData, CompletableFuture<Void> promise) implements Command {}

    /** Tell a torrent something, and say when it has heard it. */
    record Pass(PlainDownload download, Torrent.Command command, CompletableFuture<Void> promise)
            implements Command, Enquiry {
        @Override
        public TorrentRef torrent() {
            return download.torrent();
        }
    }

    /** What the first status of a torrent completes. */
    private record Greeting(TorrentRef torrent, CompletableFuture<Download> promise) implements Enquiry {}

    /** Have a torrent fetch other files, and say when it does. */
    record Choose(PlainDownload download, FileSelection files, CompletableFuture<Void> promise)
            implements Command, Enquiry {
        @Override
        public TorrentRef torrent() {
            return download.torrent();
        }
    }

    private record Chosen(Torrent.SelectReply reply, Choose asked) implements Command {}

    /** The first status after other files were chosen. */
    private record Settling(PlainDownload download, CompletableFuture<Void> promise) implements Enquiry {
        @Override
        public TorrentRef torrent() {
            return download.torrent();
        }
    }

    private record Answered(Engine.AddReply reply, CompletableFuture<Download> promise) implements Command {}

    private record Left(Engine.RemoveReply reply, Remove asked) implements Command {}

    private record AskAgain(Enquiry enquiry) implements Command {}

    private record Heard(Enquiry enquiry, TorrentStatus status) implements Command {}

    private record Unanswered(CompletableFuture<?> promise) implements Command {}

    private record TorrentGone(TorrentRef torrent) implements Command {}

    /** Nothing tells why the torrent of this one went. */
    record Silent(PlainDownload download) implements Command {}

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
    private final Enquiries enquiries;
    private final Farewells farewells;

    private Doorkeeper(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            ActorRef<Engine.Command> engine,
            PlainAhti door,
            Duration every) {
        super(context);
        this.engine = engine;
        this.door = door;
        this.enquiries = new Enquiries(door.promises());
        this.farewells = new Farewells(door, timers);
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
        return new Handlers<Command>()
                .onMessage(Reported.class, this::onReported)
                .onMessage(Told.class, this::onTold)
                .onMessage(Look.class, this::onLook)
                .onMessage(Add.class, this::onAdd)
                .onMessage(Answered.class, this::onAnswered)
                .onMessage(Remove.class, this::onRemove)
                .onMessage(Left.class, this::onLeft)
                .onMessage(Pass.class, this::onPass)
                .onMessage(Heard.class, this::onHeard)
                .onMessage(AskAgain.class, this::onAskAgain)
                .onMessage(TorrentGone.class, this::onTorrentGone)
                .onMessage(Silent.class, this::onSilent)
                .onMessage(Choose.class, this::onChoose)
                .onMessage(Chosen.class, this::onChosen)
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
            if (happened.event() instanceof TorrentEvent.ProblemRaised raised
                    && raised.problem() instanceof Problem.Bug bug) {
                farewells.gaveUp(infoHash, bug);
            }
            door.known(infoHash).ifPresent(this::look);
        } else if (event instanceof EngineEvent.EventsLost) {
            door.all().forEach(this::look);
        }
    }

    private Behavior<Command> onAdd(Add message) {
        ask(
                Engine.AddReply.class,
                replyTo -> new Engine.Add(message.source(), message.options(), replyTo),
                reply -> new Answered(reply, message.promise()),
                message.promise());
        return this;
    }

    private Behavior<Command> onAnswered(Answered message) {
        if (message.reply() instanceof Engine.Added added) {
            enquiries.came(added.torrent());
            getContext().watchWith(added.torrent().actor(), new TorrentGone(added.torrent()));
            ask(new Greeting(added.torrent(), message.promise()));
        } else {
            door.promises()
                    .fail(message.promise(), new RefusedException(((Engine.NotAdded) message.reply()).refusal()));
        }
        return this;
    }

    private Behavior<Command> onAskAgain(AskAgain message) {
        ask(message.enquiry());
        return this;
    }

    private Behavior<Command> onHeard(Heard message) {
        Enquiry enquiry = message.enquiry();
        if (enquiries.ends(enquiry)) {
            if (enquiry instanceof Greeting greeting) {
                begun(greeting, message.status());
            } else if (enquiry instanceof Settling settling) {
                settling.download().chosen(message.status());
                door.promises().keep(settling.promise());
            } else {
                heeded((Pass) enquiry, message.status());
            }
        }
        return this;
    }

    private void begun(Greeting greeting, TorrentStatus status) {
        PlainDownload download = new PlainDownload(greeting.torrent(), door, status);
        door.known(download.infoHash()).ifPresent(farewells::gone);
        door.add(download);
        // What happened before anybody knew of it.
        look(download);
        door.promises().keep(greeting.promise(), download);
    }

    private void heeded(Pass passed, TorrentStatus status) {
        if (passed.command() == Torrent.Resume.INSTANCE) {
            passed.download().begunAnew();
        }
        passed.download().reported(status);
        door.promises().keep(passed.promise());
    }

    private Behavior<Command> onRemove(Remove message) {
        InfoHash infoHash = message.download().infoHash();
        if (door.known(infoHash).filter(known -> known == message.download()).isEmpty()) {
            door.promises().fail(message.promise(), new RefusedException(new Refusal.NoSuchTorrent(infoHash)));
            return this;
        }
        ask(
                Engine.RemoveReply.class,
                replyTo -> new Engine.Remove(infoHash, message.deleteData(), replyTo),
                reply -> new Left(reply, message),
                message.promise());
        return this;
    }

    private Behavior<Command> onLeft(Left message) {
        Optional<Refusal> refusal =
                message.reply() instanceof Engine.NotRemoved not ? Optional.of(not.refusal()) : Optional.empty();
        if (!refusal.equals(Optional.of(Refusal.Stopping.INSTANCE))) {
            // Whoever hears that it is gone must not find it here.
            farewells.removed(message.asked().download());
        }
        CompletableFuture<Void> promise = message.asked().promise();
        refusal.ifPresentOrElse(
                why -> door.promises().fail(promise, new RefusedException(why)),
                () -> door.promises().keep(promise));
        return this;
    }

    private Behavior<Command> onPass(Pass message) {
        message.torrent().actor().tell(message.command());
        // Messages of one sender keep their order: the answer comes from after the command.
        ask(message);
        return this;
    }

    private Behavior<Command> onTorrentGone(TorrentGone message) {
        enquiries.left(message.torrent());
        door.known(message.torrent().infoHash())
                .filter(download -> download.torrent().equals(message.torrent()))
                .ifPresent(farewells::gone);
        return this;
    }

    private Behavior<Command> onSilent(Silent message) {
        farewells.waitedLong(message.download());
        return this;
    }

    /** Asked for again when no answer comes: to choose twice is to choose once. */
    private Behavior<Command> onChoose(Choose message) {
        if (enquiries.begins(message)) {
            getContext()
                    .ask(
                            Torrent.SelectReply.class,
                            message.torrent().actor(),
                            TORRENT_PATIENCE,
                            replyTo -> new Torrent.Select(message.files(), replyTo),
                            (reply, failure) -> reply != null ? new Chosen(reply, message) : message);
        }
        return this;
    }

    private Behavior<Command> onChosen(Chosen message) {
        Choose asked = message.asked();
        if (message.reply() instanceof Torrent.NotSelected not) {
            if (enquiries.ends(asked)) {
                door.promises().fail(asked.promise(), new RefusedException(refusal(not.refusal())));
            }
        } else {
            ask(new Settling(asked.download(), asked.promise()));
        }
        return this;
    }

    private static Refusal refusal(SelectRefusal refusal) {
        return refusal instanceof SelectRefusal.Stopping
                ? Refusal.Stopping.INSTANCE
                : new Refusal.BadOptions(refusal.describe());
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

    private void ask(Enquiry enquiry) {
        if (enquiries.begins(enquiry)) {
            getContext()
                    .ask(
                            TorrentStatus.class,
                            enquiry.torrent().actor(),
                            TORRENT_PATIENCE,
                            replyTo -> new Torrent.GetStatus(0, replyTo),
                            (status, failure) -> status != null ? new Heard(enquiry, status) : new AskAgain(enquiry));
        }
    }

    private <A> void ask(
            Class<A> answer,
            Function<ActorRef<A>, Engine.Command> question,
            Function<A, Command> then,
            CompletableFuture<?> promise) {
        getContext()
                .ask(
                        answer,
                        engine,
                        PATIENCE,
                        question::apply,
                        (reply, failure) -> reply != null ? then.apply(reply) : new Unanswered(promise));
    }
}
