package ahti.cli.session;

import ahti.actor.Handlers;
import ahti.cli.env.ExitCode;
import ahti.core.MonotonicClock;
import ahti.engine.Engine;
import ahti.engine.EngineEvent;
import ahti.engine.EventFilter;
import ahti.engine.Refusal;
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

/** Has an engine find out what a magnet link stands for; then stops the engine, and hands out what came of it, once. */
final class MetadataSession extends AbstractBehavior<MetadataSession.Command> {
    private static final Duration EVERY = Duration.ofMillis(200);

    /** What may be asked of a session. */
    sealed interface Command {}

    /** The user wants to stop; {@code code} is what the shell gets. */
    record Interrupt(ExitCode code) implements Command {}

    private record Answered(Engine.AddReply reply) implements Command {}

    private record Heard(Engine.Watched told) implements Command {}

    private record Reported(TorrentStatus status) implements Command {}

    private enum Tick implements Command {
        INSTANCE
    }

    private enum EngineGone implements Command {
        INSTANCE
    }

    private final MetadataPlan plan;
    private final MonotonicClock clock;
    private final ActorRef<Engine.Command> engine;
    private final ActorRef<TorrentStatus> reports;
    private final Consumer<MetadataOutcome> ended;
    private final long began;
    private Optional<ActorRef<Torrent.Command>> torrent = Optional.empty();
    private Optional<MetadataOutcome> outcome = Optional.empty();
    private String why = "";
    private long peersSeen;

    private MetadataSession(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            ActorRef<Engine.Command> engine,
            MetadataPlan plan,
            MonotonicClock clock,
            Consumer<MetadataOutcome> ended) {
        super(context);
        this.engine = engine;
        this.plan = plan;
        this.clock = clock;
        this.ended = ended;
        this.began = clock.nanos();
        this.peersSeen = began;
        this.reports = context.messageAdapter(TorrentStatus.class, Reported::new);
        context.watchWith(engine, EngineGone.INSTANCE);
        timers.startTimerWithFixedDelay(Tick.INSTANCE, Tick.INSTANCE, EVERY);
        EventFilter wanted = EventFilter.all().only(TorrentEvent.MetadataKnown.class, TorrentEvent.ProblemRaised.class);
        engine.tell(new Engine.Watch(wanted, context.messageAdapter(Engine.Watched.class, Heard::new)));
        engine.tell(new Engine.Add(
                plan.source(), plan.options(), context.messageAdapter(Engine.AddReply.class, Answered::new)));
    }

    static Behavior<Command> create(
            ActorRef<Engine.Command> engine, MetadataPlan plan, MonotonicClock clock, Consumer<MetadataOutcome> ended) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new MetadataSession(context, timers, engine, plan, clock, ended)));
    }

    @Override
    public Receive<Command> createReceive() {
        return new Handlers<Command>()
                .onMessage(Answered.class, this::onAnswered)
                .onMessage(Heard.class, this::onHeard)
                .onMessage(Reported.class, this::onReported)
                .onMessage(Tick.class, this::onTick)
                .onMessage(Interrupt.class, this::onInterrupt)
                .onMessage(EngineGone.class, this::onEngineGone)
                .build();
    }

    private Behavior<Command> onAnswered(Answered message) {
        if (message.reply() instanceof Engine.Added added) {
            torrent = Optional.of(added.torrent().actor());
            return this;
        }
        Refusal refusal = ((Engine.NotAdded) message.reply()).refusal();
        return end(new MetadataOutcome.Failed(Refusals.code(refusal), refusal.describe()));
    }

    private Behavior<Command> onHeard(Heard message) {
        if (message.told() instanceof Engine.Events told) {
            for (EngineEvent event : told.events()) {
                if (event instanceof EngineEvent.Happened happened) {
                    happened(happened.event());
                }
            }
            told.next().tell(Engine.More.INSTANCE);
        }
        return this;
    }

    private void happened(TorrentEvent event) {
        if (event instanceof TorrentEvent.MetadataKnown known) {
            end(new MetadataOutcome.Found(known.metainfo(), known.peers()));
        } else if (event instanceof TorrentEvent.ProblemRaised raised) {
            end(new MetadataOutcome.Failed(
                    ExitCode.BAD_METAINFO, raised.problem().describe()));
        }
    }

    private Behavior<Command> onReported(Reported message) {
        long now = clock.nanos();
        if (message.status().peers().connected() > 0) {
            peersSeen = now;
        }
        message.status().waiting().ifPresent(reason -> {
            why = reason.sentence();
            if (outcome.isEmpty()) {
                plan.progress().accept(why);
            }
        });
        return this;
    }

    private Behavior<Command> onTick(Tick message) {
        torrent.ifPresent(ref -> ref.tell(new Torrent.GetStatus(0, reports)));
        long now = clock.nanos();
        if (isOver(plan.rules().total(), began, now)) {
            return end(new MetadataOutcome.Failed(ExitCode.UNFINISHED, "--for ended before the metadata were known"));
        }
        if (isOver(plan.rules().timeout(), peersSeen, now)
                || isOver(plan.rules().stall(), began, now)) {
            return end(new MetadataOutcome.Failed(ExitCode.TIMEOUT, "no metadata in time (" + why + ")"));
        }
        return this;
    }

    private static boolean isOver(Optional<Duration> limit, long since, long now) {
        return limit.isPresent() && now - since >= limit.get().toNanos();
    }

    private Behavior<Command> onInterrupt(Interrupt message) {
        return end(new MetadataOutcome.Failed(message.code(), "stopped before the metadata were known"));
    }

    /** The engine says goodbye first: what was found is kept then. */
    private Behavior<Command> end(MetadataOutcome with) {
        if (outcome.isEmpty()) {
            outcome = Optional.of(with);
            engine.tell(new Engine.Stop(getContext().getSystem().ignoreRef()));
        }
        return this;
    }

    private Behavior<Command> onEngineGone(EngineGone message) {
        ended.accept(outcome.orElseGet(() -> new MetadataOutcome.Failed(
                ExitCode.INTERNAL, "the engine stopped by itself; run again with --log FILE to see why")));
        return Behaviors.stopped();
    }
}
