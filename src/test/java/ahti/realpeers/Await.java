package ahti.realpeers;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The one place where a test waits for something that nobody announces to us: it looks again and again, up to a limit. */
final class Await {
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private Await() {}

    /** Returns when the condition holds; fails with what was awaited and what is there instead. */
    static void until(String what, Duration limit, BooleanSupplier holds, Supplier<String> instead) {
        long end = System.nanoTime() + limit.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("no " + what + " after " + limit + "\n" + instead.get());
            }
            pause(LOOK_EVERY);
        }
    }

    private static void pause(Duration duration) {
        ReentrantLock lock = new ReentrantLock();
        Condition never = lock.newCondition();
        lock.lock();
        try {
            long left = duration.toNanos();
            while (left > 0) {
                left = never.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            lock.unlock();
        }
    }
}
