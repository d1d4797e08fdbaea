package ahti.cli.session;

import ahti.cli.env.CommandFailure;
import ahti.cli.env.ExitCode;
import ahti.config.Configuration;
import ahti.engine.EngineSettings;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Something small that takes the network and no engine: an actor system of its own, which lives until it is done.
 *
 * @param type what is told on the way
 * @param lost what is told when the system ends before; the last, too
 * @param isLast whether nothing more will be told
 */
record Errand<E>(Class<E> type, E lost, Predicate<E> isLast) {

    /** Who does it. */
    @FunctionalInterface
    interface Runner<E> {
        /** Tells {@code replyTo} what there is to tell. */
        Behavior<?> with(EngineSettings settings, ActorRef<E> replyTo);
    }

    /**
     * Does it and waits. {@code told} is called on this thread, for one event after the other, the last among them.
     *
     * @throws CommandFailure when the local address that the user names is none
     */
    void run(Configuration configuration, Runner<E> runner, Consumer<E> told) throws InterruptedException {
        try {
            EngineSettings.check(configuration.ahti());
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.NETWORK, String.valueOf(e.getMessage()));
        }
        BlockingQueue<E> events = new LinkedBlockingQueue<>();
        ActorSystem<?> system = configuration.start("errand", guardian(configuration, runner, events));
        // However it ends; touches no actor's state, so it may run on whichever thread it likes.
        system.getWhenTerminated().whenComplete((done, failure) -> events.add(lost));
        boolean isDone = false;
        while (!isDone) {
            E event = events.take();
            told.accept(event);
            isDone = isLast.test(event);
        }
    }

    private Behavior<E> guardian(Configuration configuration, Runner<E> runner, BlockingQueue<E> events) {
        return Behaviors.setup(context -> {
            EngineSettings real = EngineSettings.real(context.getSystem(), configuration.ahti());
            context.spawn(runner.with(real, context.getSelf()), "runner");
            return Behaviors.receive(type)
                    .onAnyMessage(event -> {
                        events.add(event);
                        return isLast.test(event) ? Behaviors.stopped() : Behaviors.same();
                    })
                    .onSignal(PostStop.class, stopped -> {
                        real.release();
                        return Behaviors.same();
                    })
                    .build();
        });
    }
}
