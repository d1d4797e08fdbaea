package ahti.disk.threads;

import ahti.core.BindsTheRealWorld;
import com.typesafe.config.Config;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.ExecutorServiceConfigurator;
import org.apache.pekko.dispatch.ExecutorServiceFactory;

/**
 * The threads of a dispatcher whose work waits for devices, and may wait for ever: the {@code executor} of such a dispatcher.
 *
 * <p>There are {@code spare-threads.threads} (0 means one for each processor). When work waits and none was finished for
 * {@code spare-threads.patience}, there is one more, up to {@code spare-threads.most}: so a device that never answers holds
 * up its own torrents and, but for a moment, no others. Once the device answers again the spare ones end.
 */
public final class SpareThreads extends ExecutorServiceConfigurator {
    private final int threads;
    private final int most;
    private final long patience;

    /**
     * Called by Pekko.
     *
     * @param config of the dispatcher
     */
    public SpareThreads(Config config, DispatcherPrerequisites prerequisites) {
        super(config, prerequisites);
        Config own = config.getConfig("spare-threads");
        int asked = own.getInt("threads");
        threads = asked > 0 ? asked : Runtime.getRuntime().availableProcessors();
        most = Math.max(threads, own.getInt("most"));
        patience = Math.max(1, own.getDuration("patience").toMillis());
    }

    @Override
    @BindsTheRealWorld("the threads of a dispatcher, and the one that looks whether they hang")
    public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory factory) {
        return () -> {
            ScheduledThreadPoolExecutor watch = new ScheduledThreadPoolExecutor(1, factory);
            StretchingPool pool = new StretchingPool(threads, most, factory, watch::shutdownNow);
            var unused = watch.scheduleWithFixedDelay(pool::look, patience, patience, TimeUnit.MILLISECONDS);
            return pool;
        };
    }
}
