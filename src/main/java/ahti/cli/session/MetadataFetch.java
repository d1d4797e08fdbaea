package ahti.cli.session;

import ahti.cli.env.Engines;
import ahti.cli.env.Env;
import ahti.cli.env.ExitCode;
import ahti.config.Configuration;
import ahti.engine.Engine;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** An actor system with one engine, which lives until a magnet link is known. */
public final class MetadataFetch {
    private static final Duration SHUTDOWN_CAP = Duration.ofSeconds(5);

    private final Env env;
    private final Engines engines;
    private final Configuration configuration;

    /** With one of these engines. */
    public MetadataFetch(Env env, Engines engines, Configuration configuration) {
        this.env = env;
        this.engines = engines;
        this.configuration = configuration;
    }

    /** Looks for the metadata; waits until they are here or the plan gives up. */
    public MetadataOutcome run(MetadataPlan plan) throws InterruptedException {
        BlockingQueue<MetadataOutcome> end = new ArrayBlockingQueue<>(2);
        ActorSystem<Void> system =
                configuration.start("ahti", Behaviors.setup(context -> guardian(context.getSystem(), plan, end)));
        CountDownLatch gone = new CountDownLatch(1);
        // Touches no actor's state, so it may run on whichever thread it likes.
        system.getWhenTerminated().whenComplete((done, failure) -> {
            end.offer(new MetadataOutcome.Failed(
                    ExitCode.INTERNAL, "the session stopped by itself; run again with --log FILE to see why"));
            gone.countDown();
        });
        MetadataOutcome outcome = end.take();
        system.terminate();
        boolean isGone = gone.await(SHUTDOWN_CAP.toMillis(), TimeUnit.MILLISECONDS);
        return isGone || outcome instanceof MetadataOutcome.Found
                ? outcome
                : new MetadataOutcome.Failed(ExitCode.INTERNAL, "the actor system did not stop");
    }

    private Behavior<Void> guardian(ActorSystem<Void> system, MetadataPlan plan, BlockingQueue<MetadataOutcome> end) {
        return Behaviors.setup(context -> {
            Behavior<Engine.Command> behavior;
            try {
                behavior = engines.create(system, configuration.ahti());
            } catch (IllegalArgumentException e) {
                // What the user configured does not exist on this machine.
                end.offer(new MetadataOutcome.Failed(ExitCode.BAD_OPTION, String.valueOf(e.getMessage())));
                return Behaviors.stopped();
            }
            ActorRef<Engine.Command> engine = context.spawn(behavior, "engine");
            ActorRef<MetadataSession.Command> session = context.spawn(
                    MetadataSession.create(engine, plan, env.machine().clock(), end::offer),
                    "metadata",
                    DispatcherSelector.blocking());
            context.watch(session);
            AtomicBoolean asked = new AtomicBoolean();
            env.machine().signals().on("INT", () -> interrupt(session, asked, ExitCode.INTERRUPTED));
            env.machine().signals().on("TERM", () -> interrupt(session, asked, ExitCode.TERMINATED));
            return Behaviors.receive(Void.class)
                    .onSignal(Terminated.class, terminated -> Behaviors.stopped())
                    .build();
        });
    }

    private void interrupt(ActorRef<MetadataSession.Command> session, AtomicBoolean asked, ExitCode code) {
        if (asked.compareAndSet(false, true)) {
            session.tell(new MetadataSession.Interrupt(code));
        } else {
            env.machine().exit().halt(code.code());
        }
    }
}
