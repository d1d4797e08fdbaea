package ahti.actor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.MessageAdaptionFailure;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * What an actor does with each kind of message and signal: the first handler whose type fits is called.
 *
 * <p>It is used like Pekko's {@code ReceiveBuilder}, whose handlers are serializable. Java keeps no serializable lambda in a
 * class-data archive (JDK 17): it makes a class for each at every start.
 *
 * @param <T> the messages of the actor
 */
public final class Handlers<T> extends Receive<T> {
    /** One kind of message or signal. */
    private record Handler<T, M>(Class<M> type, Function<? super M, ? extends Behavior<T>> function) {
        Behavior<T> handle(Object message) {
            return function.apply(type.cast(message));
        }
    }

    private final ArrayList<Handler<T, ?>> messages = new ArrayList<>();
    private final ArrayList<Handler<T, ?>> signals = new ArrayList<>(2);

    /** Handles messages of a type and of its subtypes. */
    public <M extends T> Handlers<T> onMessage(Class<M> type, Function<? super M, ? extends Behavior<T>> handler) {
        messages.add(new Handler<>(type, handler));
        return this;
    }

    /** Handles every message that none of the handlers before takes. */
    @SuppressWarnings("unchecked") // whatever comes is a T
    public Handlers<T> onAnyMessage(Function<? super T, ? extends Behavior<T>> handler) {
        messages.add(new Handler<>((Class<T>) Object.class, handler));
        return this;
    }

    /** Handles signals of a type and of its subtypes. */
    public <S extends Signal> Handlers<T> onSignal(Class<S> type, Function<? super S, ? extends Behavior<T>> handler) {
        signals.add(new Handler<>(type, handler));
        return this;
    }

    /** Nothing is added any more. */
    public Receive<T> build() {
        messages.trimToSize();
        signals.trimToSize();
        return this;
    }

    @Override
    public Behavior<T> receiveMessage(T message) {
        return firstFor(message, messages);
    }

    /** What becomes of a message adapter, or of a stage piped to itself, that throws is no less a bug than in a handler. */
    @Override
    public Behavior<T> receiveSignal(Signal signal) {
        Behavior<T> next = firstFor(signal, signals);
        if (signal instanceof MessageAdaptionFailure failure && Behavior.isUnhandled(next)) {
            throw bug(failure.exception());
        }
        return next;
    }

    private static RuntimeException bug(Throwable thrown) {
        return thrown instanceof RuntimeException bug
                ? bug
                : new IllegalStateException("a message adapter failed", thrown);
    }

    private static <T> Behavior<T> firstFor(Object message, List<Handler<T, ?>> handlers) {
        for (int i = 0; i < handlers.size(); i++) {
            Handler<T, ?> handler = handlers.get(i);
            if (handler.type().isInstance(message)) {
                return handler.handle(message);
            }
        }
        return Behaviors.unhandled();
    }
}
