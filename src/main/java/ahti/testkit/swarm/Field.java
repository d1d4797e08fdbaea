package ahti.testkit.swarm;

import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The actor below which all engines of a swarm live, and die when they are told to. */
final class Field {

    /** Something to do in the context of that actor. */
    @FunctionalInterface
    interface Task {
        void in(ActorContext<Task> context);
    }

    private Field() {}

    static Behavior<Task> create() {
        return Behaviors.receive((context, task) -> {
            task.in(context);
            return Behaviors.same();
        });
    }

    /** Hands what it hears to somebody who lives outside of actors, on the same thread as everything. */
    static <T> ActorRef<T> ear(ActorContext<Task> context, Consumer<T> listener) {
        return context.spawnAnonymous(Behaviors.<T>receiveMessage(message -> {
            listener.accept(message);
            return Behaviors.same();
        }));
    }

    /** As {@link #ear}, for one answer. */
    static <T> ActorRef<T> earForOne(ActorContext<Task> context, Consumer<T> listener) {
        return context.spawnAnonymous(Behaviors.<T>receiveMessage(message -> {
            listener.accept(message);
            return Behaviors.stopped();
        }));
    }
}
