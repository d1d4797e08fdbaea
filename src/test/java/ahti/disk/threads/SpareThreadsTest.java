package ahti.disk.threads;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real actor system with the dispatchers that wait for disks. */
class SpareThreadsTest {
    private final CountDownLatch disk = new CountDownLatch(1);
    private final ActorSystem<Void> system = ActorSystem.create(
            Behaviors.empty(),
            "disks",
            ConfigFactory.parseString("one { type = Dispatcher, executor = \"ahti.disk.threads.SpareThreads\","
                            + " spare-threads { threads = 1, most = 2, patience = 1 ms } }")
                    .withFallback(ConfigFactory.load()));

    @AfterEach
    void end() throws Exception {
        disk.countDown();
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().get(1, TimeUnit.MINUTES);
    }

    @Test
    void whatComesAfterAThreadThatHangsIsDoneByASpareOne() throws Exception {
        hang("one", 1);
        assertThat(done("one").get(1, TimeUnit.MINUTES)).isEqualTo("done");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ahti.disk-dispatcher", "ahti.force-dispatcher", "ahti.check-dispatcher"})
    void whereDisksAreWaitedForThereAreSpareThreads(String dispatcher) throws Exception {
        hang(dispatcher, Math.max(4, Runtime.getRuntime().availableProcessors()));
        assertThat(done(dispatcher).get(1, TimeUnit.MINUTES)).isEqualTo("done");
    }

    private void hang(String dispatcher, int times) {
        for (int i = 0; i < times; i++) {
            executor(dispatcher).execute(() -> {
                try {
                    disk.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException("nobody interrupts what waits for a disk", e);
                }
            });
        }
    }

    private CompletableFuture<String> done(String dispatcher) {
        return CompletableFuture.supplyAsync(() -> "done", executor(dispatcher));
    }

    private Executor executor(String dispatcher) {
        return system.dispatchers().lookup(DispatcherSelector.fromConfig(dispatcher));
    }
}
