package ahti.testkit.record.live;

import ahti.core.MonotonicClock;
import ahti.testkit.record.event.Input;
import ahti.testkit.time.VirtualTime;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time in step with a real clock. Inputs may come from any thread; they are taken one after the other, each at the
 * moment that the real clock shows then, after every timer that is due before. A timer fires at its very moment of virtual time,
 * however late in real time.
 */
final class LiveTime {
    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(1);

    private final VirtualTime time;
    private final MonotonicClock clock;
    private final long began;
    private final BlockingQueue<Input> inputs;
    private volatile boolean closed;

    /** Who takes the inputs. */
    interface Taker {
        /** The moment has come. The caller runs the time afterwards. */
        void take(Input input);

        /** Everything of a moment has happened. */
        void settled();
    }

    /** {@code most}: inputs that wait at the same time; who has another one waits, too. */
    LiveTime(VirtualTime time, MonotonicClock clock, int most) {
        this.time = time;
        this.clock = clock;
        this.began = clock.nanos();
        this.inputs = new LinkedBlockingQueue<>(most);
    }

    /** Hands something in, and waits while too much is waiting. Nothing is taken after {@link #close}. */
    void put(Input input) {
        try {
            while (!closed && !inputs.offer(input, LONGEST_WAIT, TimeUnit.NANOSECONDS)) {
                // as long as it takes
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Hands something in that may be lost: a datagram. */
    void offer(Input input) {
        if (!closed) {
            boolean unused = inputs.offer(input);
        }
    }

    /** Runs the time on this thread until {@code over}. */
    void run(Taker taker, BooleanSupplier over) throws InterruptedException {
        time.runUntilIdle();
        taker.settled();
        while (!over.getAsBoolean() && !closed) {
            Input input = next();
            time.advanceTo(Math.max(time.nanos(), clock.nanos() - began));
            if (input != null) {
                taker.take(input);
                time.runUntilIdle();
            }
            taker.settled();
        }
    }

    private @Nullable Input next() throws InterruptedException {
        OptionalLong timer = time.next();
        long wait = timer.isPresent() ? timer.getAsLong() - (clock.nanos() - began) : LONGEST_WAIT;
        return wait <= 0 ? inputs.poll() : inputs.poll(Math.min(wait, LONGEST_WAIT), TimeUnit.NANOSECONDS);
    }

    /** Ends {@link #run} soon, and lets nobody wait any longer. */
    void close() {
        closed = true;
        inputs.clear();
    }
}
