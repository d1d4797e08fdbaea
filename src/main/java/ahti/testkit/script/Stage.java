package ahti.testkit.script;

import ahti.testkit.net.SimulatedNetwork;
import ahti.testkit.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Where scripts are played: a time, a network in it, and an actor system for whatever runs there. */
record Stage(VirtualTime time, SimulatedNetwork network, ActorSystem<?> system) {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Does everything that takes no time. */
    void settle() {
        time.run(Duration.ZERO);
    }

    <T> ActorRef<T> spawn(Behavior<T> behavior, String name) {
        return system.systemActorOf(behavior, name, Props.empty());
    }

    /** An actor that hands each message to {@code listener}, on the thread of the time. */
    <T> ActorRef<T> listener(Consumer<T> listener, String name) {
        return spawn(
                Behaviors.receiveMessage(message -> {
                    listener.accept(message);
                    return Behaviors.same();
                }),
                name);
    }

    /** Asks an actor, and lets time pass until it answers. */
    <Q, R> R ask(ActorRef<Q> actor, Function<ActorRef<R>, Q> question, String name) {
        List<R> answers = new ArrayList<>();
        ActorRef<R> asker = spawn(
                Behaviors.receiveMessage(answer -> {
                    answers.add(answer);
                    return Behaviors.stopped();
                }),
                name);
        actor.tell(question.apply(asker));
        if (!time.runUntil(() -> !answers.isEmpty(), PATIENCE)) {
            throw new AssertionError(name + ": no answer within " + PATIENCE.toSeconds() + " s");
        }
        return answers.get(0);
    }
}
