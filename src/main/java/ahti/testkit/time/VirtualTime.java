package ahti.testkit.time;

import ahti.core.MonotonicClock;
import com.typesafe.config.Config;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.jspecify.annotations.Nullable;

/**
 * A clock, a scheduler and an executor for whole actor systems: everything runs on the thread that calls one of the
 * {@code run} methods, in the order in which it was asked for, and time moves to the next timer only when nothing is left to
 * do. An hour in which little happens takes no time at all, and what happens is the same on each run.
 *
 * <pre>{@code
 * try (VirtualTime time = new VirtualTime()) {
 *     ActorSystem<Command> system = time.system(Guardian.create(time.clock()), "mine");
 *     system.tell(new Begin());
 *     time.run(Duration.ofHours(1));
 * }
 * }</pre>
 *
 * <p>What always holds: at most one thread works at a time. When another thread hands in a task, the next call of a
 * {@code run} method fails with its stack trace, for its order would be that of chance. Operators of Pekko Streams that
 * read the machine's clock ({@code throttle}, {@code idleTimeout} and their like) do not see virtual time.
 */
public final class VirtualTime implements AutoCloseable {
    private static final int TASKS_AT_ONE_MOMENT = 200_000_000;
    private static final Duration PATIENCE_AT_THE_END = Duration.ofMinutes(5);

    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final Timers timers = new Timers();
    private final Strays strays = new Strays();
    private final Workers workers = new Workers(this);
    private final Set<String> blocking = new TreeSet<>();
    private final List<ActorSystem<?>> systems = new ArrayList<>();
    /** What the thread that runs this time draws next, see {@link ThreadChance}. */
    private long chance = 1;

    private final String id;
    private volatile @Nullable Thread running;
    private long nanos;
    private boolean closed;

    /** Time begins at zero. */
    public VirtualTime() {
        id = Times.enter(this);
    }

    /** Nanoseconds since the beginning. */
    public long nanos() {
        return nanos;
    }

    /** Time since the beginning. */
    public Duration now() {
        return Duration.ofNanos(nanos);
    }

    /** This time, for whoever takes a clock. */
    public MonotonicClock clock() {
        return this::nanos;
    }

    /** Runs tasks one after the other, in the order in which they come. */
    public Executor executor() {
        return this::execute;
    }

    /** Something that will happen. */
    public interface Timer {
        /** Prevents it. False when it has happened, or was prevented before. */
        boolean cancel();
    }

    /** Runs an action when that much time has passed; actions of the same moment run in the order of these calls. */
    public Timer after(Duration delay, Runnable action) {
        return timers.add(nanos + Math.max(0, delay.toNanos()), action);
    }

    /**
     * From now on, what runs on that dispatcher may {@link #sleep}. It then has threads of its own, of which one at most
     * works at a time; so it costs more. To be said before {@link #system}.
     */
    public VirtualTime mayBlock(String dispatcher) {
        blocking.add(dispatcher);
        return this;
    }

    /**
     * Holds up the caller for that much virtual time, while everything else goes on.
     *
     * @throws IllegalStateException unless called on a dispatcher that {@link #mayBlock}
     */
    public void sleep(Duration duration) {
        workers.sleep(duration);
    }

    /**
     * An actor system under this time. All its dispatchers and its scheduler are ours; {@link #close} ends it.
     *
     * @param settings lines of configuration that override those on the class path
     */
    public <T> ActorSystem<T> system(Behavior<T> guardian, String name, String... settings) {
        return system(guardian, name, SystemConfig.parse(settings));
    }

    /** An actor system under this time, with that configuration instead of the one on the class path. */
    public <T> ActorSystem<T> system(Behavior<T> guardian, String name, Config config) {
        Config virtual = SystemConfig.virtual(config, id, blocking);
        ActorSystem<T> system = working(() -> Await.draining(this, () -> ActorSystem.create(guardian, name, virtual)));
        systems.add(system);
        return system;
    }

    /** Does everything there is to do at this moment. */
    public void runUntilIdle() {
        working(() -> {
            drain();
            return true;
        });
    }

    /** Does everything there is to do now, moves to the next timer, and does what it brings. False: there is no timer. */
    public boolean advance() {
        return working(() -> {
            drain();
            return fireNext(Long.MAX_VALUE);
        });
    }

    /** Lets that much time pass. */
    public void run(Duration duration) {
        advanceTo(Math.addExact(nanos, duration.toNanos()));
    }

    /** Lets time pass until that many nanoseconds since the beginning. */
    public void advanceTo(long moment) {
        if (moment < nanos) {
            throw new IllegalArgumentException("time does not go back from " + nanos + " to " + moment);
        }
        working(() -> {
            drain();
            while (fireNext(moment)) {
                // one timer after the other
            }
            nanos = moment;
            return true;
        });
    }

    /**
     * Lets time pass until the condition holds, which is looked at after everything of a moment is done.
     *
     * @param limit time that may pass
     * @return whether it holds
     */
    public boolean runUntil(BooleanSupplier condition, Duration limit) {
        long end = Math.addExact(nanos, limit.toNanos());
        return working(() -> {
            drain();
            while (!condition.getAsBoolean()) {
                if (!fireNext(end)) {
                    nanos = end;
                    return false;
                }
            }
            return true;
        });
    }

    /** When the next timer fires, in nanoseconds since the beginning. */
    public OptionalLong next() {
        return timers.next();
    }

    /** Ends all actor systems of this time, and their threads. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            for (ActorSystem<?> system : systems) {
                system.terminate();
            }
            if (!runUntil(this::allTerminated, PATIENCE_AT_THE_END)) {
                throw new IllegalStateException("an actor system did not end within " + PATIENCE_AT_THE_END);
            }
        } finally {
            workers.close();
            Times.leave(id);
        }
    }

    private boolean allTerminated() {
        return systems.stream().allMatch(system -> system.whenTerminated().isCompleted());
    }

    /** A task of one of our dispatchers. */
    void execute(Runnable task) {
        if (isOurs(Thread.currentThread())) {
            tasks.add(task);
        } else {
            strays.add(task);
        }
    }

    /** A task that may sleep. */
    void executeOnWorker(Runnable task) {
        execute(() -> workers.run(task));
    }

    /** Whoever works now: the thread that runs, or the worker that it waits for. */
    void working(Thread thread) {
        running = thread;
    }

    /** Does what there is to do at this moment. */
    void drain() {
        int done = 0;
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
            if (++done > TASKS_AT_ONE_MOMENT) {
                throw new IllegalStateException("time stands still: " + done + " tasks at " + now());
            }
        }
    }

    private boolean fireNext(long end) {
        Timers.Entry timer = timers.pollUntil(end);
        if (timer == null) {
            return false;
        }
        nanos = Math.max(nanos, timer.moment());
        timer.action().run();
        drain();
        return true;
    }

    private boolean isOurs(Thread thread) {
        Thread now = running;
        return now == null ? strays.isOwner(thread) : now == thread;
    }

    private <T> T working(java.util.function.Supplier<T> work) {
        Thread before = running;
        Thread me = Thread.currentThread();
        if (before != null && before != me) {
            throw new IllegalStateException("this time is run by " + before.getName() + " already");
        }
        strays.owner(me);
        running = me;
        for (Runnable stray = strays.poll(); stray != null; stray = strays.poll()) {
            tasks.add(stray);
        }
        long theirs = before == null ? ThreadChance.swap(chance) : 0;
        try {
            T result = work.get();
            strays.failOnAny();
            return result;
        } finally {
            if (before == null) {
                chance = ThreadChance.swap(theirs);
            }
            running = before;
        }
    }
}
