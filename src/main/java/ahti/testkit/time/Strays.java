package ahti.testkit.time;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that came from threads that are not ours. They betray something that escaped from virtual time: a callback on the
 * common pool, a thread of somebody's own. Only the first few are remembered.
 */
final class Strays {
    private static final int REMEMBERED = 5;

    private final ConcurrentLinkedQueue<Throwable> places = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile @Nullable Thread owner;

    /** The thread that ran last may also hand in tasks while nothing runs: it tells actors what to do next. */
    void owner(Thread thread) {
        owner = thread;
    }

    boolean isOwner(Thread thread) {
        Thread last = owner;
        return last == null || last == thread;
    }

    void add(Runnable task) {
        tasks.add(task);
        if (count.getAndIncrement() < REMEMBERED) {
            places.add(new Throwable(
                    task + " was handed in by thread " + Thread.currentThread().getName()));
        }
    }

    /** The tasks themselves: without them what waits for them would never end. */
    @Nullable
    Runnable poll() {
        return tasks.poll();
    }

    void failOnAny() {
        Throwable first = places.poll();
        if (first != null) {
            IllegalStateException failure = new IllegalStateException(
                    count.get()
                            + " tasks came from outside of virtual time; what they do happens in an order of chance",
                    first);
            for (Throwable next = places.poll(); next != null; next = places.poll()) {
                failure.addSuppressed(next);
            }
            throw failure;
        }
    }
}
