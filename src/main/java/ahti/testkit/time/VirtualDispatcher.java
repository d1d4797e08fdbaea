package ahti.testkit.time;

import com.typesafe.config.Config;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.ExecutorServiceConfigurator;
import org.apache.pekko.dispatch.ExecutorServiceFactory;

/** Gives a dispatcher the executor of the {@link VirtualTime} that the actor system's configuration names. */
public final class VirtualDispatcher extends ExecutorServiceConfigurator {
    private final VirtualTime time;
    private final boolean mayBlock;

    /** Called by Pekko. */
    public VirtualDispatcher(Config config, DispatcherPrerequisites prerequisites) {
        super(config, prerequisites);
        time = Times.of(prerequisites.settings().config().getString(SystemConfig.TIME));
        mayBlock = config.hasPath(SystemConfig.BLOCKING);
    }

    @Override
    public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threads) {
        return () -> new Queue(time, mayBlock);
    }

    private static final class Queue extends AbstractExecutorService {
        private final VirtualTime time;
        private final boolean mayBlock;
        private boolean shutDown;

        Queue(VirtualTime time, boolean mayBlock) {
            this.time = time;
            this.mayBlock = mayBlock;
        }

        @Override
        public void execute(Runnable task) {
            if (mayBlock) {
                time.executeOnWorker(task);
            } else {
                time.execute(task);
            }
        }

        @Override
        public void shutdown() {
            shutDown = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            shutDown = true;
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return shutDown;
        }

        @Override
        public boolean isTerminated() {
            return shutDown;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return shutDown;
        }

        /** Each is an executor service of its own: never equal to another. */
        @Override
        public String toString() {
            return "virtual" + (mayBlock ? " blocking" : "") + " executor";
        }
    }
}
