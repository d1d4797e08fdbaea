package ahti.cli.session;

import ahti.actor.Handlers;
import ahti.engine.AddOptions;
import ahti.engine.Engine;
import ahti.engine.EngineEvent;
import ahti.engine.EventFilter;
import ahti.engine.TorrentSource;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Engines that share one torrent whose files are all here: the other side of the demonstration. Guards its actor system. */
public final class Seeds extends AbstractBehavior<Seeds.Command> {
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    /** What may be asked of the seeds. */
    public sealed interface Command {}

    /** Stop every engine, then the actor system. */
    public enum Stop implements Command {
        INSTANCE
    }

    private record Answered(Engine.AddReply reply) implements Command {}

    private record Heard(Engine.Watched told) implements Command {}

    private enum Look implements Command {
        INSTANCE
    }

    private enum OneStopped implements Command {
        INSTANCE
    }

    /**
     * What to run.
     *
     * @param count how many engines
     * @param engine makes one
     * @param areKnown whether the tracker has heard of all of them
     * @param ready told once: an empty text when all are known, else why that will never be
     */
    public record Plan(
            int count,
            TorrentSpec spec,
            Function<ActorSystem<?>, Behavior<Engine.Command>> engine,
            BooleanSupplier areKnown,
            Consumer<String> ready) {}

    private final Plan plan;
    private final TimerScheduler<Command> timers;
    private final List<ActorRef<Engine.Command>> engines = new ArrayList<>();
    private int running;

    private Seeds(ActorContext<Command> context, TimerScheduler<Command> timers, Plan plan) {
        super(context);
        this.plan = plan;
        this.timers = timers;
        this.running = plan.count();
        ActorRef<Engine.Watched> events = context.messageAdapter(Engine.Watched.class, Heard::new);
        ActorRef<Engine.AddReply> answers = context.messageAdapter(Engine.AddReply.class, Answered::new);
        for (int i = 1; i <= plan.count(); i++) {
            ActorRef<Engine.Command> engine = context.spawn(plan.engine().apply(context.getSystem()), "seed-" + i);
            engines.add(engine);
            engine.tell(new Engine.Watch(EventFilter.all().only(TorrentEvent.ProblemRaised.class), events));
            engine.tell(new Engine.Add(
                    new TorrentSource.FromMetainfo(plan.spec().metainfo()), AddOptions.like(plan.spec()), answers));
        }
        timers.startTimerWithFixedDelay(Look.INSTANCE, Look.INSTANCE, LOOK_EVERY);
    }

    /** The seeds, starting at once. */
    public static Behavior<Command> create(Plan plan) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> new Seeds(context, timers, plan)));
    }

    @Override
    public Receive<Command> createReceive() {
        return new Handlers<Command>()
                .onMessage(Heard.class, this::onHeard)
                .onMessage(Answered.class, this::onAnswered)
                .onMessage(Look.class, this::onLook)
                .onMessage(Stop.class, this::onStop)
                .onMessage(OneStopped.class, this::onOneStopped)
                .build();
    }

    private Behavior<Command> onAnswered(Answered message) {
        if (message.reply() instanceof Engine.NotAdded refused) {
            ready(refused.refusal().describe());
        }
        return this;
    }

    private Behavior<Command> onHeard(Heard message) {
        if (message.told() instanceof Engine.Events told) {
            for (EngineEvent event : told.events()) {
                if (event instanceof EngineEvent.Happened happened
                        && happened.event() instanceof TorrentEvent.ProblemRaised raised) {
                    ready(raised.problem().describe());
                }
            }
            told.next().tell(Engine.More.INSTANCE);
        }
        return this;
    }

    private Behavior<Command> onLook(Look message) {
        if (plan.areKnown().getAsBoolean()) {
            ready("");
        }
        return this;
    }

    private void ready(String problem) {
        if (timers.isTimerActive(Look.INSTANCE)) {
            timers.cancel(Look.INSTANCE);
            plan.ready().accept(problem);
        }
    }

    private Behavior<Command> onStop(Stop message) {
        ActorRef<Engine.Stopped> stopped =
                getContext().messageAdapter(Engine.Stopped.class, done -> OneStopped.INSTANCE);
        engines.forEach(engine -> engine.tell(new Engine.Stop(stopped)));
        return this;
    }

    private Behavior<Command> onOneStopped(OneStopped message) {
        running--;
        return running == 0 ? Behaviors.stopped() : this;
    }
}
