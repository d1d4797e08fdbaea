package ahti.testkit.time;

import ahti.core.BindsTheRealWorld;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Threads for what may sleep in virtual time. One baton goes round: whoever has it works, all others wait for it, so there is
 * no order of chance. The thread that runs the time hands it to a worker and gets it back when the worker sleeps or is done.
 */
final class Workers {
    private final VirtualTime time;
    private final ArrayDeque<Worker> idle = new ArrayDeque<>();
    private final List<Worker> all = new ArrayList<>();
    private final Semaphore baton = new Semaphore(0);
    private @Nullable Throwable failure;
    private volatile boolean closed;

    Workers(VirtualTime time) {
        this.time = time;
    }

    /** Runs a task on a worker until it is done or sleeps. */
    void run(Runnable task) {
        Worker worker = idle.isEmpty() ? newWorker() : idle.pop();
        worker.task = task;
        handTo(worker);
    }

    void sleep(Duration duration) {
        if (!(Thread.currentThread() instanceof Worker worker) || worker.owner() != this) {
            throw new IllegalStateException("only what runs on a dispatcher that may block can sleep");
        }
        var unused = time.after(duration, () -> handTo(worker));
        baton.release();
        worker.turn.acquireUninterruptibly();
        if (closed) {
            throw new IllegalStateException("time is over");
        }
    }

    /** Whoever still sleeps is woken by an exception. */
    void close() {
        closed = true;
        for (Worker worker : all) {
            worker.task = null;
            worker.turn.release();
        }
    }

    private void handTo(Worker worker) {
        Thread me = Thread.currentThread();
        time.working(worker);
        worker.turn.release();
        baton.acquireUninterruptibly();
        time.working(me);
        if (failure != null) {
            throw new IllegalStateException("a task failed", failure);
        }
    }

    @BindsTheRealWorld("workers of virtual time, of which one at a time works")
    private Worker newWorker() {
        Worker worker = new Worker(all.size());
        worker.setDaemon(true);
        all.add(worker);
        worker.start();
        return worker;
    }

    private final class Worker extends Thread {
        private final Semaphore turn = new Semaphore(0);
        private final int number;
        private volatile @Nullable Runnable task;

        Worker(int number) {
            super("virtual-worker-" + number);
            this.number = number;
        }

        Workers owner() {
            return Workers.this;
        }

        @Override
        public void run() {
            turn.acquireUninterruptibly();
            long unused = ThreadChance.swap(number);
            for (Runnable next = task; next != null; next = task) {
                try {
                    next.run();
                } catch (RuntimeException | Error e) {
                    failure = e;
                }
                idle.push(this);
                baton.release();
                turn.acquireUninterruptibly();
            }
        }
    }
}
