package ahti.cli.session;

import ahti.actor.Handlers;
import ahti.cli.env.Keyboard;
import ahti.cli.screen.Key;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** Looks for keys several times a second, so that no thread waits for one. Other keys than ours are ignored. */
final class Keys extends AbstractBehavior<Keys.Command> {
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    /** What the keys are told. */
    sealed interface Command {}

    /** See whether one was pressed. */
    enum Look implements Command {
        INSTANCE
    }

    private final Keyboard keyboard;
    private final Consumer<Key> pressed;

    private Keys(ActorContext<Command> context, Keyboard keyboard, Consumer<Key> pressed) {
        super(context);
        this.keyboard = keyboard;
        this.pressed = pressed;
    }

    /** Tells {@code pressed}, on the actor's thread, of every key. */
    static Behavior<Command> create(Keyboard keyboard, Consumer<Key> pressed) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(Look.INSTANCE, LOOK_EVERY);
            return new Keys(context, keyboard, pressed);
        }));
    }

    @Override
    public Receive<Command> createReceive() {
        return new Handlers<Command>().onMessage(Look.class, this::onLook).build();
    }

    private Behavior<Command> onLook(Look message) {
        keyboard.pressed().chars().forEach(letter -> Key.of(letter).ifPresent(pressed));
        return this;
    }
}
