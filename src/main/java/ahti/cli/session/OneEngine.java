package ahti.cli.session;

import ahti.cli.env.CommandFailure;
import ahti.cli.env.Engines;
import ahti.cli.env.ExitCode;
import ahti.config.Configuration;
import ahti.engine.Engine;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** An actor system with one engine, which lives until one question is answered. */
final class OneEngine {
    private static final Duration SHUTDOWN_CAP = Duration.ofSeconds(5);

    private final Engines engines;
    private final Configuration configuration;

    OneEngine(Engines engines, Configuration configuration) {
        this.engines = engines;
        this.configuration = configuration;
    }

    /** Who asks the engine. */
    @FunctionalInterface
    interface Asker<T> {
        /** Begins; {@code answered} hears the answer once. When the actor that comes back has ended, so does the system. */
        ActorRef<?> begin(ActorContext<Void> context, ActorRef<Engine.Command> engine, Consumer<T> answered);
    }

    /**
     * Waits for the answer and for the end of the system.
     *
     * @param lost what the answer is when the system ended before there was one
     * @throws CommandFailure when what the user configured does not exist on this machine
     */
    <T> T ask(Asker<T> asker, Supplier<T> lost) throws InterruptedException {
        // The first is the answer; the end of the system is another.
        BlockingQueue<Supplier<T>> ends = new ArrayBlockingQueue<>(3);
        ActorSystem<Void> system =
                configuration.start("ahti", Behaviors.setup(context -> guardian(context, asker, ends)));
        CountDownLatch gone = new CountDownLatch(1);
        // Touches no actor's state, so it may run on whichever thread it likes.
        system.getWhenTerminated().whenComplete((done, failure) -> {
            ends.offer(lost);
            gone.countDown();
        });
        Supplier<T> end = ends.take();
        if (!gone.await(SHUTDOWN_CAP.toMillis(), TimeUnit.MILLISECONDS)) {
            system.terminate();
        }
        return end.get();
    }

    private <T> Behavior<Void> guardian(ActorContext<Void> context, Asker<T> asker, BlockingQueue<Supplier<T>> ends) {
        Behavior<Engine.Command> behavior;
        try {
            behavior = engines.create(context.getSystem(), configuration.ahti());
        } catch (IllegalArgumentException e) {
            ends.offer(() -> {
                throw new CommandFailure(ExitCode.NETWORK, String.valueOf(e.getMessage()));
            });
            return Behaviors.stopped();
        }
        ActorRef<Engine.Command> engine = context.spawn(behavior, "engine");
        context.watch(asker.begin(context, engine, answer -> ends.offer(() -> answer)));
        return Behaviors.receive(Void.class)
                .onSignal(Terminated.class, terminated -> Behaviors.stopped())
                .build();
    }
}
