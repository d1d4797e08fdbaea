package ahti.engine;

import java.time.Duration;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** Lets an engine stop gracefully when its actor system shuts down. */
final class OrderlyStop {
    private OrderlyStop() {}

    /**
     * From now on, in the phase {@code before-service-unbind}: no new peers, while everything else still works.
     *
     * @param cap how long the engine takes at most
     * @return takes the task back
     */
    static Cancellable before(ActorSystem<?> system, String name, ActorRef<Engine.Command> engine, Duration cap) {
        return CoordinatedShutdown.get(system)
                .addCancellableTask(
                        CoordinatedShutdown.PhaseBeforeServiceUnbind(),
                        "stop " + name,
                        () -> AskPattern.<Engine.Command, Engine.Stopped>ask(
                                        engine, Engine.Stop::new, cap, system.scheduler())
                                // One that is gone does not answer, and that is as good.
                                .handleAsync((stopped, failure) -> Done.done(), system.executionContext()));
    }
}
