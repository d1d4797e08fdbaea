package ahti.engine;

import ahti.core.BindsTheRealWorld;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The stages that a plain door has handed out. They are completed on its own few threads, for what users chain to them runs
 * there and may wait; and all of them are completed, at the latest when the door closes.
 */
@SuppressWarnings("CollectionUndefinedEquality") // a stage is itself and no other
@BindsTheRealWorld("threads for the callbacks of those who embed the plain door")
final class Promises {
    /** Those that are at work at the same time. */
    private static final int THREADS = 4;

    private static final int IDLE_SECONDS = 1;

    private final ForkJoinPool callbacks;
    private final Set<CompletableFuture<?>> open = ConcurrentHashMap.newKeySet();
    private volatile boolean ended;

    /**
     * {@code mostThreads}: with those that stand in for others, which wait for stages. Were all of them waiting, they would
     * wait for each other.
     */
    Promises(int mostThreads) {
        int threads = Math.min(THREADS, mostThreads);
        callbacks = new ForkJoinPool(
                threads,
                Worker::new,
                null,
                true,
                threads,
                mostThreads,
                1,
                pool -> true,
                IDLE_SECONDS,
                TimeUnit.SECONDS);
    }

    /** A stage that is completed later; at once, and failed, when the door is closed. */
    <T> CompletableFuture<T> make() {
        CompletableFuture<T> promise = new CompletableFuture<>();
        open.add(promise);
        if (ended) {
            fail(promise, new RefusedException(Refusal.Stopping.INSTANCE));
        }
        return promise;
    }

    <T> void keep(CompletableFuture<T> promise, T value) {
        run(() -> promise.complete(value));
        open.remove(promise);
    }

    /** For a stage that has nothing to say but that it is done. */
    void keep(CompletableFuture<Void> promise) {
        run(() -> promise.complete(null));
        open.remove(promise);
    }

    void fail(CompletableFuture<?> promise, RuntimeException why) {
        run(() -> promise.completeExceptionally(why));
        open.remove(promise);
    }

    /** Runs user code, or what leads to it. */
    void run(Runnable callback) {
        try {
            callbacks.execute(callback);
        } catch (RejectedExecutionException e) {
            // The door has closed meanwhile, and with it its threads: whoever comes now does it alone.
            callback.run();
        }
    }

    /** A daemon, as all threads of its kind. */
    private static final class Worker extends ForkJoinWorkerThread {
        Worker(ForkJoinPool pool) {
            super(pool);
            setName("ahti-callbacks");
        }
    }

    /** The door closes: fails what is open, then {@code last}, then the threads end. */
    void end(Runnable last) {
        ended = true;
        open.forEach(promise -> fail(promise, new RefusedException(Refusal.Stopping.INSTANCE)));
        run(last);
        callbacks.shutdown();
    }
}
