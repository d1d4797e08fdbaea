package ahti.cli.session;

import ahti.actor.Handlers;
import ahti.cli.env.ExitCode;
import ahti.cli.screen.Closing;
import ahti.cli.screen.Screen;
import ahti.core.InfoHash;
import ahti.engine.Engine;
import ahti.torrent.Torrent;
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
 * A session whose verdict is known: asks for the last figures, stops the engine, or the torrent when there are others, and
 * tells the end.
 *
 * <p>Neither a torrent nor an engine that does not answer can hold it up for longer than its two deadlines.
 */
final class Leaving extends AbstractBehavior<Session.Command> {
    /** For the last figures. */
    private static final Duration FIGURES_CAP = Duration.ofSeconds(1);

    /** For the engine's goodbye, which has a cap of its own: {@code ahti.tracker.stop-cap}. */
    private static final Duration STOP_CAP = Duration.ofSeconds(15);

    /** What the session has come to. */
    record Outcome(SessionPlan plan, Verdict verdict, Conduct conduct, Screen screen, Consumer<Closing> ended) {}

    private final TimerScheduler<Session.Command> timers;
    private final ActorRef<Engine.Command> engine;
    private final Optional<ActorRef<Torrent.Command>> torrent;
    private final Outcome outcome;
    private final Duration fetching;
    private Optional<TorrentStatus> last = Optional.empty();
    private boolean stopping;

    Leaving(
            ActorContext<Session.Command> context,
            TimerScheduler<Session.Command> timers,
            ActorRef<Engine.Command> engine,
            Optional<ActorRef<Torrent.Command>> torrent,
            ActorRef<TorrentStatus> reports,
            Outcome outcome) {
        super(context);
        this.timers = timers;
        this.engine = engine;
        this.torrent = torrent;
        this.outcome = outcome;
        this.fetching = outcome.conduct().fetching(outcome.plan().clock().nanos());
        if (torrent.isPresent()) {
            timers.startSingleTimer(Session.Tick.INSTANCE, Session.Tick.INSTANCE, FIGURES_CAP);
            torrent.get().tell(new Torrent.GetStatus(0, reports));
        } else {
            stopWork();
        }
    }

    @Override
    public Receive<Session.Command> createReceive() {
        return new Handlers<Session.Command>()
                .onMessage(Session.Reported.class, this::onReported)
                .onMessage(Session.Tick.class, this::onTick)
                .onMessage(Session.EngineGone.class, this::onEngineGone)
                .onAnyMessage(other -> this)
                .build();
    }

    private Behavior<Session.Command> onReported(Session.Reported message) {
        last = Optional.of(message.status());
        stopWork();
        return this;
    }

    private Behavior<Session.Command> onTick(Session.Tick message) {
        if (!stopping) {
            stopWork();
            return this;
        }
        return end();
    }

    private Behavior<Session.Command> onEngineGone(Session.EngineGone message) {
        return end();
    }

    private void stopWork() {
        if (!stopping) {
            stopping = true;
            timers.startSingleTimer(Session.Tick.INSTANCE, Session.Tick.INSTANCE, STOP_CAP);
            if (outcome.plan().isAlone()) {
                engine.tell(new Engine.Stop(
                        getContext().messageAdapter(Engine.Stopped.class, done -> Session.EngineGone.INSTANCE)));
            } else if (torrent.isPresent()) {
                torrent.get()
                        .tell(new Torrent.Stop(getContext()
                                .messageAdapter(Torrent.Stopped.class, done -> Session.EngineGone.INSTANCE)));
            } else {
                getContext().getSelf().tell(Session.EngineGone.INSTANCE);
            }
        }
    }

    private Behavior<Session.Command> end() {
        Closing closing = closing();
        outcome.screen().ended(closing);
        outcome.ended().accept(closing);
        return Behaviors.stopped();
    }

    private Closing closing() {
        Conduct conduct = outcome.conduct();
        InfoHash hash = outcome.plan().spec().metainfo().infoHash();
        Verdict verdict = outcome.verdict();
        boolean complete = conduct.isComplete() && verdict.code() == ExitCode.OK;
        return new Closing(
                verdict.code(),
                hash.hex(),
                outcome.plan().spec().metainfo().name(),
                outcome.plan().path(),
                complete,
                conduct.wasComplete(),
                verdict.sentence(),
                last.map(TorrentStatus::have).orElse(0L),
                last.map(TorrentStatus::wanted).orElse(0L),
                last.map(TorrentStatus::downloaded).orElse(0L),
                last.map(TorrentStatus::wasted).orElse(0L),
                last.map(TorrentStatus::uploaded).orElse(0L),
                last.map(TorrentStatus::contributors).orElse(0),
                fetching);
    }
}
