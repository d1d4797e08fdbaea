package ahti.engine;

import ahti.actor.Handlers;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Where an engine's events are put up: every {@link Subscription} hears of each. Lives as long as the engine. Public for
 * whatever stands in an engine's place, so that its watchers are treated alike.
 */
public final class EventBoard extends AbstractBehavior<EventBoard.Command> {

    /** What may be asked of a board. */
    public sealed interface Command {}

    /** It happened: tell everybody. */
    public record PutUp(EngineEvent event) implements Command {}

    /** One more wants to hear. */
    public record Subscribe(Engine.Watch watch) implements Command {}

    private enum Close implements Command {
        INSTANCE
    }

    private record Unsubscribed(ActorRef<Subscription.Command> subscription) implements Command {}

    private final int most;
    private final Set<ActorRef<Subscription.Command>> subscriptions = new LinkedHashSet<>();

    private boolean isClosing;

    private EventBoard(ActorContext<Command> context, int most) {
        super(context);
        this.most = most;
    }

    /** A board that keeps at most {@code most} events for each who is slow. */
    public static Behavior<Command> create(int most) {
        Behavior<Command> behavior = Behaviors.setup(context -> new EventBoard(context, most));
        return Behaviors.supervise(behavior).onFailure(SupervisorStrategy.resume());
    }

    /**
     * How whoever has a board ends: everybody who watches hears of what was put up and then of the end, also who asked for it a
     * moment ago. The board's owner hears nothing else any more.
     */
    public static <T> Behavior<T> endWith(ActorContext<?> context, ActorRef<Command> board) {
        context.watch(board);
        board.tell(Close.INSTANCE);
        return Behaviors.<T>receive(
                (same, message) -> Behaviors.same(), (same, signal) -> onSignalAtTheEnd(board, signal));
    }

    private static <T> Behavior<T> onSignalAtTheEnd(ActorRef<Command> board, Signal signal) {
        boolean isClosed = signal instanceof Terminated end
                && end.getRef().<Command>unsafeUpcast().equals(board);
        return isClosed ? Behaviors.stopped() : Behaviors.same();
    }

    @Override
    public Receive<Command> createReceive() {
        return new Handlers<Command>()
                .onMessage(PutUp.class, this::onPutUp)
                .onMessage(Subscribe.class, this::onSubscribe)
                .onMessage(Unsubscribed.class, this::onUnsubscribed)
                .onMessage(Close.class, this::onClose)
                .build();
    }

    private Behavior<Command> onPutUp(PutUp message) {
        Subscription.Post post = new Subscription.Post(message.event());
        subscriptions.forEach(subscription -> subscription.tell(post));
        return this;
    }

    private Behavior<Command> onSubscribe(Subscribe message) {
        ActorRef<Subscription.Command> subscription =
                getContext().spawnAnonymous(Subscription.create(message.watch(), most));
        getContext().watchWith(subscription, new Unsubscribed(subscription));
        subscriptions.add(subscription);
        return this;
    }

    private Behavior<Command> onUnsubscribed(Unsubscribed message) {
        subscriptions.remove(message.subscription());
        return next();
    }

    private Behavior<Command> onClose(Close message) {
        isClosing = true;
        subscriptions.forEach(subscription -> subscription.tell(Subscription.End.INSTANCE));
        return next();
    }

    private Behavior<Command> next() {
        return isClosing && subscriptions.isEmpty() ? Behaviors.stopped() : this;
    }
}
