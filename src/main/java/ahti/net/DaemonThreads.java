package ahti.net;

import ahti.core.BindsTheRealWorld;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads for what blocks: started when needed, ended when idle, never in the way of an exit, all gone when closed. */
@BindsTheRealWorld("threads of the machine, for what blocks")
public final class DaemonThreads implements Executor, AutoCloseable {
    private static final int IDLE_SECONDS = 10;

    private final ThreadGroup group;
    private final ThreadPoolExecutor pool;

    /** At most {@code most} threads named after {@code name}. */
    public DaemonThreads(String name, int most) {
        AtomicInteger started = new AtomicInteger();
        this.group = new ThreadGroup(name);
        this.pool = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(group, task, name + "-" + started.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
    }

    /** @throws java.util.concurrent.RejectedExecutionException once it is closed */
    @Override
    public void execute(Runnable task) {
        pool.execute(task);
    }

    /** Interrupts them, and whatever threads they have started: those are in the same group. */
    @Override
    public void close() {
        pool.shutdownNow();
        group.interrupt();
    }
}
