package ahti.disk.threads;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A pool that has more threads than usual while those that it has hang. Somebody has to {@link #look} from time to time. */
final class StretchingPool extends ThreadPoolExecutor {
    /** Spare threads that have had nothing to do for so long end. */
    private static final int IDLE_SECONDS = 10;

    private final int usual;
    private final int most;
    private final Runnable ended;
    private long finished;

    /**
     * Of {@code usual} threads.
     *
     * @param most threads that there are ever
     * @param ended is run when the pool was shut down and its last task is over
     */
    StretchingPool(int usual, int most, ThreadFactory factory, Runnable ended) {
        super(usual, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        this.usual = usual;
        this.most = most;
        this.ended = ended;
    }

    /** Adds a thread when tasks wait and none was finished since the last look; gives spare ones up when nothing hangs. */
    void look() {
        long now = getCompletedTaskCount();
        boolean isWaiting = !getQueue().isEmpty();
        if (isWaiting && now == finished && getCorePoolSize() < most) {
            setCorePoolSize(getCorePoolSize() + 1);
        } else if (!isWaiting && getCorePoolSize() > usual && getActiveCount() < usual) {
            setCorePoolSize(usual);
        }
        finished = now;
    }

    @Override
    protected void terminated() {
        ended.run();
        super.terminated();
    }
}
