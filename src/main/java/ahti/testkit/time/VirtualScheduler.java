package ahti.testkit.time;

import com.typesafe.config.Config;
import java.io.Closeable;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import org.apache.pekko.actor.AbstractScheduler;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.event.LoggingAdapter;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;

/** Pekko's scheduler on {@link VirtualTime}. Exact to the nanosecond, and in the order of the calls. */
public final class VirtualScheduler extends AbstractScheduler implements Closeable {
    private static final double NANOSECONDS = 1e9;

    private final VirtualTime time;
    private boolean closed;

    /** Called by Pekko. */
    public VirtualScheduler(Config config, LoggingAdapter log, ThreadFactory threads) {
        time = Times.of(config.getString(SystemConfig.TIME));
    }

    @Override
    public Cancellable scheduleOnce(FiniteDuration delay, Runnable task, ExecutionContext executor) {
        return new Once(time.after(duration(delay), () -> executor.execute(task)));
    }

    // Deprecated for its callers; it is still what a scheduler has to offer.
    @Override
    @SuppressWarnings("deprecation")
    public Cancellable schedule(
            FiniteDuration initialDelay, FiniteDuration interval, Runnable task, ExecutionContext executor) {
        Row row = new Row(duration(interval), task, executor);
        row.arm(duration(initialDelay));
        return row;
    }

    @Override
    public double maxFrequency() {
        return NANOSECONDS;
    }

    @Override
    public void close() {
        closed = true;
    }

    private Duration duration(FiniteDuration duration) {
        if (closed) {
            throw new IllegalStateException("the scheduler is closed");
        }
        return Duration.ofNanos(duration.toNanos());
    }

    private static final class Once implements Cancellable {
        private final VirtualTime.Timer timer;
        private boolean cancelled;

        Once(VirtualTime.Timer timer) {
            this.timer = timer;
        }

        @Override
        public boolean cancel() {
            boolean prevented = timer.cancel();
            cancelled |= prevented;
            return prevented;
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }
    }

    /** A task that is repeated until it is cancelled. */
    private final class Row implements Cancellable {
        private final Duration interval;
        private final Runnable task;
        private final ExecutionContext executor;
        private VirtualTime.Timer timer = () -> false;
        private boolean cancelled;

        Row(Duration interval, Runnable task, ExecutionContext executor) {
            this.interval = interval;
            this.task = task;
            this.executor = executor;
        }

        void arm(Duration delay) {
            timer = time.after(delay, () -> executor.execute(this::round));
        }

        private void round() {
            if (!cancelled && !closed) {
                arm(interval);
                task.run();
            }
        }

        @Override
        public boolean cancel() {
            boolean first = !cancelled;
            cancelled = true;
            timer.cancel();
            return first;
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }
    }
}
