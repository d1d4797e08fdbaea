package ahti.disk.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real threads, which hang until a test says otherwise. */
class StretchingPoolTest {
    private final CountDownLatch ended = new CountDownLatch(1);
    private final StretchingPool pool = new StretchingPool(2, 4, Executors.defaultThreadFactory(), ended::countDown);
    private final CountDownLatch disk = new CountDownLatch(1);

    @AfterEach
    void theDiskAnswers() {
        disk.countDown();
        pool.shutdown();
    }

    @Test
    void workGoesOnThoughAllThreadsHang() throws Exception {
        hang(2);
        pool.look();
        Future<String> other = pool.submit(() -> "done");
        assertThat(pool.getPoolSize()).isEqualTo(2);
        pool.look();
        assertThat(other.get(1, TimeUnit.MINUTES)).isEqualTo("done");
    }

    @Test
    void thereAreOnlySoManyThreads() throws Exception {
        hang(9);
        for (int i = 0; i < 20; i++) {
            pool.look();
        }
        assertThat(pool.getPoolSize()).isEqualTo(4);
        disk.countDown();
        assertThat(pool.submit(() -> "done").get(1, TimeUnit.MINUTES)).isEqualTo("done");
    }

    @Test
    void threadsThatWereAddedStayWhileTheOthersHang() throws Exception {
        hang(2);
        CountDownLatch third = new CountDownLatch(1);
        pool.execute(third::countDown);
        pool.look();
        assertThat(pool.getCorePoolSize()).isEqualTo(3);
        assertThat(third.await(1, TimeUnit.MINUTES)).isTrue();
        pool.look();
        assertThat(pool.getCorePoolSize()).isEqualTo(3);
    }

    @Test
    void threadsThatWereAddedAreGivenUpWhenNothingHangsAnyMore() throws Exception {
        hang(3);
        pool.look();
        disk.countDown();
        pool.shutdown();
        assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        pool.look();
        assertThat(pool.getCorePoolSize()).isEqualTo(2);
    }

    @Test
    void whereTasksAreFinishedNothingHangs() throws Exception {
        Future<String> done = pool.submit(() -> "done");
        pool.look();
        pool.shutdown();
        assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(done.get()).isEqualTo("done");
        assertThat(pool.getCorePoolSize()).isEqualTo(2);
    }

    @Test
    void whoWatchesIsToldOfTheEnd() throws Exception {
        pool.shutdown();
        assertThat(ended.await(1, TimeUnit.MINUTES)).isTrue();
    }

    private void hang(int tasks) {
        List<Future<?>> hanging = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            hanging.add(pool.submit(() -> {
                disk.await();
                return "answered";
            }));
        }
        assertThat(hanging).hasSize(tasks);
    }
}
