package ahti.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ahti.core.InfoHash;
import ahti.disk.SampleTorrent;
import ahti.disk.SampleTorrent.Part;
import ahti.torrent.Problem;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentState;
import ahti.torrent.TorrentStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The plain door, on loopback: what a user without actors sees. */
@Timeout(90)
class AhtiTest {
    private static final int PIECE = 32_768;

    @TempDir
    Path directory;

    private final SampleTorrent sample = SampleTorrent.of(PIECE, Part.file("sample", 20 * PIECE + 1));
    private final TorrentSource source = new TorrentSource.FromMetainfo(sample.metainfo());
    private int port;
    private Path full;

    @BeforeEach
    void prepare() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        full = Files.createDirectory(directory.resolve("full"));
        Files.write(full.resolve("sample"), sample.content());
    }

    @Test
    void downloadsAndLeavesNoThreadBehind() throws Exception {
        Set<Thread> before = threads();
        try (Ahti seed = start(port);
                Ahti ahti = start(0)) {
            get(seed.add(source, seeding()));

            Download download = get(ahti.add(source, downloading()));
            TorrentStatus status = get(download.finished());

            assertThat(status.state()).isEqualTo(TorrentState.SEEDING);
            assertThat(download.status().have()).isEqualTo(20 * PIECE + 1);
            assertThat(ahti.downloads()).containsExactly(download);
            assertThat(ahti.find(sample.metainfo().infoHash())).contains(download);
        }
        assertThat(directory.resolve("empty/sample")).hasBinaryContent(sample.content());
        for (Thread thread : threads()) {
            if (!before.contains(thread)) {
                thread.join(10_000);
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
    }

    @Test
    void refusalsAreTyped() throws Exception {
        try (Ahti ahti = start(0)) {
            CompletionStage<Download> missing =
                    ahti.add(TorrentSource.file(directory.resolve("none.torrent")), AddOptions.to(directory));
            assertThat(refusal(missing)).isInstanceOf(Refusal.NoSuchFile.class);

            get(ahti.add(source, AddOptions.to(full).withoutTrackers()));
            assertThat(refusal(ahti.add(source, AddOptions.to(full)))).isInstanceOf(Refusal.Duplicate.class);
        }
        assertThatThrownBy(() -> Ahti.start(Map.of("net.prots", "0")))
                .hasMessage("'net.prots' is no key of reference.conf");
        assertThatThrownBy(() -> Ahti.start(Map.of("net.bind", List.of("no.such.host.invalid"))))
                .hasMessage("'no.such.host.invalid' is not an address of this machine");
    }

    @Test
    void whatIsNullIsTheCallersExceptionAndNotTheEnginesEnd() throws Exception {
        try (Ahti ahti = start(0)) {
            Download download = get(ahti.add(source, seeding()));

            assertThatThrownBy(() -> ahti.add(source, nothing())).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> ahti.add(nothing(), seeding())).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> ahti.events(nothing())).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> ahti.events(EventFilter.all()).subscribe(nothing()))
                    .isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> TorrentSource.file(nothing())).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> AddOptions.to(nothing())).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> new Engine.Add(source, nothing(), nothing()))
                    .isInstanceOf(NullPointerException.class);

            get(download.pause());
        }
    }

    @Test
    void namingAFileOrATorrentTwiceIsNamingItOnce() {
        InfoHash infoHash = sample.metainfo().infoHash();

        assertThat(seeding().files(1, 0, 1).files()).containsExactly(0, 1);
        assertThat(EventFilter.of(infoHash, infoHash).torrents()).containsExactly(infoHash);
    }

    @Test
    void aProblemFailsTheDownloadAndResumingIsAnotherAttempt() throws Exception {
        Files.delete(full.resolve("sample"));
        Files.createDirectory(full.resolve("sample"));
        try (Ahti ahti = start(0)) {
            Download download = get(ahti.add(source, AddOptions.to(full).withoutTrackers()));

            assertThatThrownBy(() -> get(download.finished()))
                    .cause()
                    .isInstanceOfSatisfying(
                            ProblemException.class, e -> assertThat(e.problem()).isInstanceOf(Problem.DiskFault.class));
            Files.delete(full.resolve("sample"));
            Files.write(full.resolve("sample"), sample.content());
            get(download.resume());

            assertThat(get(download.finished()).state()).isEqualTo(TorrentState.SEEDING);
        }
    }

    @Test
    void pausesResumesAndRemoves() throws Exception {
        try (Ahti ahti = start(0)) {
            Download download = get(ahti.add(source, seeding()));
            get(download.finished());

            get(download.pause());
            assertThat(download.status().state()).isEqualTo(TorrentState.PAUSED);
            get(download.resume());
            assertThat(download.status().state()).isNotEqualTo(TorrentState.PAUSED);
            get(download.remove(true));

            assertThat(full.resolve("sample")).doesNotExist();
            assertThat(refusal(download.remove(true))).isInstanceOf(Refusal.NoSuchTorrent.class);
        }
    }

    @Test
    void aCallbackThatWaitsHoldsUpNothingButItself() throws Exception {
        CountDownLatch enough = new CountDownLatch(1);
        try (Ahti seed = start(port);
                Ahti ahti = start(0)) {
            get(seed.add(source, seeding()));
            ahti.events(EventFilter.all()).subscribe(new Collector<>(event -> await(enough)));
            CompletableFuture<Void> blocked = ahti.add(source, downloading())
                    .thenAccept(download -> await(enough))
                    .toCompletableFuture();
            while (ahti.downloads().isEmpty()) {
                Thread.onSpinWait();
            }

            get(ahti.downloads().get(0).finished());

            assertThat(blocked).isNotDone();
            enough.countDown();
            get(blocked);
        }
    }

    @Test
    void publishesWhatHappensAndHowThingsAreUntilTheEnd() throws Exception {
        Collector<EngineEvent> events = new Collector<>(event -> {});
        Collector<TorrentStatus> statuses = new Collector<>(status -> {});
        try (Ahti ahti = start(0)) {
            ahti.events(EventFilter.all().only(TorrentEvent.Finished.class)).subscribe(events);
            Download download = get(ahti.add(source, seeding()));
            download.updates(Duration.ofMillis(20)).subscribe(statuses);
            get(download.finished());

            assertThat(events.next()).isInstanceOf(EngineEvent.TorrentAdded.class);
            assertThat(events.next())
                    .isEqualTo(new EngineEvent.Happened(
                            new TorrentEvent.Finished(sample.metainfo().infoHash(), true)));
            assertThat(statuses.next().name()).isEqualTo("sample");
        }
        assertThat(events.completed.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(statuses.completed.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void closesOnceAndRefusesEverythingAfter() throws Exception {
        Ahti ahti = start(0);
        Download download = get(ahti.add(source, seeding().startPaused()));
        ahti.close();
        ahti.close();

        get(ahti.stop(Duration.ofSeconds(1)));
        assertThat(refusal(download.finished())).isEqualTo(Refusal.Stopping.INSTANCE);
        assertThat(refusal(ahti.add(source, seeding()))).isEqualTo(Refusal.Stopping.INSTANCE);
        Collector<EngineEvent> late = new Collector<>(event -> {});
        ahti.events(EventFilter.all()).subscribe(late);
        assertThat(late.completed.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aReadThatTheEndOfTheEngineCutsOffFails() throws Exception {
        Ahti ahti = start(0);
        Download download = get(ahti.add(source, downloading()));
        Collector<ByteBuffer> waiting = new Collector<>(bytes -> {});
        download.read(0, 0, 1).subscribe(waiting);
        ahti.close();
        Collector<ByteBuffer> late = new Collector<>(bytes -> {});
        download.read(0, 0, 1).subscribe(late);

        assertThat(get(waiting.failure)).isInstanceOf(ReadException.class);
        assertThat(get(late.failure)).isInstanceOf(ReadException.class).hasMessage("the engine is gone");
    }

    @Test
    void borrowsAnActorSystemAndGivesItBack() throws Exception {
        ActorSystem<Void> system = ActorSystem.create(
                Behaviors.empty(),
                "host",
                com.typesafe.config.ConfigFactory.parseMap(Map.of("ahti.net.ports", "0", "pekko.daemonic", "on"))
                        .withFallback(com.typesafe.config.ConfigFactory.load()));
        try {
            try (Ahti ahti = Ahti.on(system)) {
                get(get(ahti.add(source, seeding())).finished());
            }
            assertThat(system.getWhenTerminated().toCompletableFuture()).isNotDone();

            Ahti second = Ahti.on(system);
            Path state = directory.resolve("state");
            AddOptions partly = AddOptions.to(directory.resolve("partly")).withoutTrackers();
            Download download = get(second.add(source, partly.stateIn(state)));
            Collector<TorrentStatus> statuses = new Collector<>(status -> {});
            download.updates(Duration.ofMillis(20)).subscribe(statuses);
            while (statuses.next().state() != TorrentState.DOWNLOADING) {
                // it checks first
            }
            system.terminate();
            get(system.getWhenTerminated());

            // What a download that is not complete remembers at an orderly stop, and at no other time.
            assertThat(state).isDirectoryContaining("glob:**.resume");
            second.close();
        } finally {
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
    }

    /** As from a caller whose compiler does not look. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return null;
    }

    private static Ahti start(int port) {
        return Ahti.start(Map.of("net.ports", Integer.toString(port), "net.bind", List.of("127.0.0.1")));
    }

    private AddOptions seeding() {
        return AddOptions.to(full).withoutTrackers();
    }

    private AddOptions downloading() {
        return AddOptions.to(directory.resolve("empty"))
                .withoutTrackers()
                .peers(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(40, TimeUnit.SECONDS);
    }

    private static Refusal refusal(CompletionStage<?> stage) throws Exception {
        try {
            get(stage);
        } catch (ExecutionException e) {
            return ((RefusedException) e.getCause()).refusal();
        }
        throw new AssertionError("it was not refused");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Threads that could be ours: the JDK keeps some for the whole process once anybody has used them. */
    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("ForkJoinPool.commonPool"))
                .filter(thread -> !thread.getName().equals("CompletableFutureDelayScheduler"))
                .collect(Collectors.toSet());
    }

    /** Takes everything, and hands each element to this first. */
    private static final class Collector<T> implements Flow.Subscriber<T> {
        private final BlockingQueue<T> elements = new LinkedBlockingQueue<>();
        private final CountDownLatch completed = new CountDownLatch(1);
        private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
        private final java.util.function.Consumer<T> first;

        Collector(java.util.function.Consumer<T> first) {
            this.first = first;
        }

        T next() throws InterruptedException {
            return java.util.Objects.requireNonNull(elements.poll(20, TimeUnit.SECONDS));
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(T element) {
            first.accept(element);
            elements.add(element);
        }

        @Override
        public void onError(Throwable why) {
            failure.complete(why);
        }

        @Override
        public void onComplete() {
            completed.countDown();
        }
    }
}
