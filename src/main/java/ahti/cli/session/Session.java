package ahti.cli.session;

import ahti.actor.Handlers;
import ahti.cli.env.ExitCode;
import ahti.cli.screen.Closing;
import ahti.cli.screen.Key;
import ahti.cli.screen.Screen;
import ahti.core.InfoHash;
import ahti.engine.AddOptions;
import ahti.engine.Engine;
import ahti.engine.EngineEvent;
import ahti.engine.EventFilter;
import ahti.engine.Refusal;
import ahti.engine.TorrentRef;
import ahti.engine.TorrentSource;
import ahti.torrent.Torrent;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * One torrent from being added to an engine to the verdict; then {@link Leaving} takes over.
 *
 * <p>Shows every status and event on the screen and asks {@link Conduct} about each.
 */
public final class Session extends AbstractBehavior<Session.Command> {

    /** What may be asked of a session. */
    public sealed interface Command {}

    /** The user wants to stop; {@code code} is what the shell gets when the download is not complete. */
    public record Interrupt(ExitCode code) implements Command {}

    /** Announce to the trackers now. */
    public enum Reannounce implements Command {
        INSTANCE
    }

    /** The terminal has another width. */
    public record Resize(int columns) implements Command {}

    /** The user pressed a key that concerns the screen. */
    public record Press(Key key) implements Command {}

    record Answered(Engine.AddReply reply) implements Command {}

    record Heard(Engine.Watched told) implements Command {}

    record Reported(TorrentStatus status) implements Command {}

    record Introduced(Torrent.Peers peers) implements Command {}

    private record Used(Use.End end) implements Command {}

    enum Tick implements Command {
        INSTANCE
    }

    enum EngineGone implements Command {
        INSTANCE
    }

    private final TimerScheduler<Command> timers;
    private final ActorRef<Engine.Command> engine;
    private final ActorRef<TorrentStatus> reports;
    private final ActorRef<Torrent.Peers> introductions;
    private final SessionPlan plan;
    private final Screen screen;
    private final Consumer<Closing> ended;
    private final Conduct conduct;
    /** Empty until the engine has taken the torrent on. */
    private Optional<ActorRef<Torrent.Command>> torrent = Optional.empty();
    /** What the plan wants to be done with the torrent is done. */
    private boolean used;
    /** Whether the status is asked for less often, as nothing moves. */
    private boolean resting;

    private Session(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            ActorRef<Engine.Command> engine,
            SessionPlan plan,
            Screen screen,
            Consumer<Closing> ended) {
        super(context);
        this.timers = timers;
        this.engine = engine;
        this.plan = plan;
        this.screen = screen;
        this.ended = ended;
        this.conduct = new Conduct(plan.rules(), plan.clock().nanos());
        this.reports = context.messageAdapter(TorrentStatus.class, Reported::new);
        this.introductions = context.messageAdapter(Torrent.Peers.class, Introduced::new);
        context.watchWith(engine, EngineGone.INSTANCE);
        tickEvery(screen.period());
        engine.tell(new Engine.Watch(
                wanted(plan.spec().metainfo().infoHash()), context.messageAdapter(Engine.Watched.class, Heard::new)));
        engine.tell(new Engine.Add(
                new TorrentSource.FromMetainfo(plan.spec().metainfo()),
                AddOptions.like(plan.spec()),
                context.messageAdapter(Engine.AddReply.class, Answered::new)));
    }

    /** What a screen shows; every single piece is not among it. */
    private static EventFilter wanted(InfoHash infoHash) {
        return EventFilter.of(infoHash)
                .only(
                        TorrentEvent.StateChanged.class,
                        TorrentEvent.Finished.class,
                        TorrentEvent.ProblemRaised.class,
                        TorrentEvent.Restarting.class,
                        TorrentEvent.PieceCorrupt.class,
                        TorrentEvent.PeerDropped.class,
                        TorrentEvent.TrackerSaid.class);
    }

    /** A session that begins at once and hands its end to {@code ended}, on its own thread, exactly once. */
    public static Behavior<Command> create(
            ActorRef<Engine.Command> engine, SessionPlan plan, Screen screen, Consumer<Closing> ended) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new Session(context, timers, engine, plan, screen, ended)));
    }

    @Override
    public Receive<Command> createReceive() {
        return new Handlers<Command>()
                .onMessage(Reported.class, this::onReported)
                .onMessage(Tick.class, this::onTick)
                .onMessage(Heard.class, this::onHeard)
                .onMessage(Answered.class, this::onAnswered)
                .onMessage(Interrupt.class, this::onInterrupt)
                .onMessage(Reannounce.class, this::onReannounce)
                .onMessage(Resize.class, this::onResize)
                .onMessage(Press.class, this::onPress)
                .onMessage(Introduced.class, this::onIntroduced)
                .onMessage(Used.class, this::onUsed)
                .onMessage(EngineGone.class, this::onEngineGone)
                .build();
    }

    private Behavior<Command> onReported(Reported message) {
        long now = plan.clock().nanos();
        screen.show(message.status(), now);
        Optional<Verdict> over = conduct.reported(message.status(), now);
        pace(conduct.isResting(message.status()));
        return over.map(this::expired).orElse(this);
    }

    private void pace(boolean rests) {
        if (rests != resting) {
            resting = rests;
            tickEvery(rests ? screen.restingPeriod() : screen.period());
        }
    }

    private void tickEvery(Duration every) {
        timers.startTimerWithFixedDelay(Tick.INSTANCE, Tick.INSTANCE, every);
    }

    private Behavior<Command> onTick(Tick message) {
        Optional<Verdict> over = conduct.passed(plan.clock().nanos());
        if (over.isPresent()) {
            return expired(over.get());
        }
        torrent.ifPresent(this::ask);
        return this;
    }

    private Behavior<Command> onHeard(Heard message) {
        if (!(message.told() instanceof Engine.Events told)) {
            return this; // the engine's end is told otherwise, too
        }
        Optional<Verdict> first = Optional.empty();
        for (EngineEvent event : told.events()) {
            if (event instanceof EngineEvent.Happened happened) {
                Optional<Verdict> verdict = happened(happened.event());
                first = first.isPresent() ? first : verdict;
            }
        }
        told.next().tell(Engine.More.INSTANCE);
        return first.map(this::leave).orElse(this);
    }

    private Optional<Verdict> happened(TorrentEvent event) {
        boolean wasComplete = conduct.isComplete();
        Optional<Verdict> verdict = conduct.happened(event, plan.clock().nanos());
        screen.happened(event);
        pace(false);
        if (conduct.isComplete() && !wasComplete) {
            plan.completed().run();
        }
        return verdict;
    }

    private Behavior<Command> onAnswered(Answered message) {
        if (message.reply() instanceof Engine.Added added) {
            torrent = Optional.of(added.torrent().actor());
            added.torrent().actor().tell(new Torrent.GetStatus(screen.cells(), reports));
            plan.use().ifPresent(use -> begin(use, added.torrent()));
            return this;
        }
        Refusal refusal = ((Engine.NotAdded) message.reply()).refusal();
        return leave(new Verdict(Refusals.code(refusal), refusal.describe()));
    }

    private void begin(Use use, TorrentRef ref) {
        getContext()
                .pipeToSelf(
                        use.begin(getContext().getSystem(), ref),
                        (end, failure) ->
                                new Used(end != null ? end : new Use.End(ExitCode.INTERNAL, String.valueOf(failure))));
    }

    private Behavior<Command> onUsed(Used message) {
        used = true;
        return leave(new Verdict(message.end().code(), message.end().sentence()));
    }

    private Behavior<Command> onInterrupt(Interrupt message) {
        screen.say("stopping: announcing, saving resume… Ctrl-C again to quit now");
        return leave(
                isCutOff()
                        ? new Verdict(message.code(), "stopped before everything was read")
                        : conduct.interrupted(message.code()));
    }

    /** The rules say that it is over: with time alone, not everything may have been read. */
    private Behavior<Command> expired(Verdict verdict) {
        return leave(
                isCutOff() && verdict.equals(Verdict.DONE)
                        ? new Verdict(ExitCode.UNFINISHED, "--for ended before everything was read")
                        : verdict);
    }

    /** Whether an end now leaves something undone that is no matter of the download. */
    private boolean isCutOff() {
        return !used && plan.use().filter(use -> !use.isOpenEnded()).isPresent();
    }

    private Behavior<Command> onReannounce(Reannounce message) {
        torrent.ifPresent(ref -> ref.tell(Torrent.Reannounce.INSTANCE));
        return this;
    }

    private void ask(ActorRef<Torrent.Command> ref) {
        // In this order: the peers are drawn below the status that comes after them.
        if (screen.showsPeers()) {
            ref.tell(new Torrent.GetPeers(introductions));
        }
        ref.tell(new Torrent.GetStatus(screen.cells(), reports));
    }

    private Behavior<Command> onPress(Press message) {
        screen.press(message.key());
        torrent.ifPresent(this::ask);
        return this;
    }

    private Behavior<Command> onIntroduced(Introduced message) {
        screen.peers(message.peers().peers());
        return this;
    }

    private Behavior<Command> onResize(Resize message) {
        screen.resized(message.columns());
        return this;
    }

    private Behavior<Command> onEngineGone(EngineGone message) {
        // Told again to Leaving, which then waits for nobody.
        getContext().getSelf().tell(message);
        return leave(
                new Verdict(ExitCode.INTERNAL, "the engine stopped by itself; run again with --log FILE to see why"));
    }

    private Behavior<Command> leave(Verdict verdict) {
        timers.cancelAll();
        plan.use().ifPresent(Use::stop);
        Leaving.Outcome outcome = new Leaving.Outcome(plan, verdict, conduct, screen, ended);
        return new Leaving(getContext(), timers, engine, torrent, reports, outcome);
    }
}
