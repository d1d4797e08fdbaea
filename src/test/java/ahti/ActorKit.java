package ahti;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.UnhandledMessage;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A fresh actor system per test, on a clock that only the test moves. Fails on unhandled messages. */
public final class ActorKit implements BeforeEachCallback, AfterEachCallback {
    private ActorTestKit kit;
    private ManualTime time;
    private TestProbe<UnhandledMessage> unhandled;
    private final AtomicLong nanos = new AtomicLong();

    @Override
    public void beforeEach(ExtensionContext context) {
        kit = ActorTestKit.create(ManualTime.config());
        time = ManualTime.get(kit.system());
        unhandled = kit.createUnhandledMessageProbe();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        try {
            unhandled.expectNoMessage(Duration.ZERO);
        } finally {
            kit.shutdownTestKit();
        }
    }

    /** Starts an actor. */
    public <T> ActorRef<T> spawn(Behavior<T> behavior) {
        return kit.spawn(behavior);
    }

    /** Something to receive messages. */
    public <T> TestProbe<T> probe() {
        return kit.createTestProbe();
    }

    /** The actor system. */
    public ActorSystem<Void> system() {
        return kit.system();
    }

    /** Lets virtual time pass; end the step on a probe, for messages still travel asynchronously. */
    public void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
        time.timePasses(duration);
    }

    /** The clock that {@link #pass} moves: hand it to what needs a {@code MonotonicClock}. */
    public long nanos() {
        return nanos.get();
    }
}
