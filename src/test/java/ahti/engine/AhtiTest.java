package ahti.engine;

import static ahti.engine.PlainRig.PIECE;
import static ahti.engine.PlainRig.await;
import static ahti.engine.PlainRig.get;
import static ahti.engine.PlainRig.refusal;
import static ahti.engine.PlainRig.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ahti.metainfo.FilePriority;
import ahti.metainfo.FileSelection;
import ahti.torrent.Problem;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentState;
import ahti.torrent.TorrentStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
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
    @TempDir
    Path directory;

    private PlainRig rig;

    @BeforeEach
    void rig() throws IOException {
        rig = new PlainRig(directory);
    }

    @Test
    void downloadsAndLeavesNoThreadBehind() throws Exception {
        Set<Thread> before = threads();
        try (Ahti seed = start(rig.port);
                Ahti ahti = start(0)) {
            get(seed.add(rig.source, rig.seeding()));

            Download download = get(ahti.add(rig.source, rig.downloading()));
            TorrentStatus status = get(download.finished());

            assertThat(status.state()).isEqualTo(TorrentState.SEEDING);
            assertThat(download.status().have()).isEqualTo(20 * PIECE + 1);
            assertThat(ahti.downloads()).containsExactly(download);
            assertThat(ahti.find(rig.sample.metainfo().infoHash())).contains(download);
        }
        assertThat(directory.resolve("empty/sample")).hasBinaryContent(rig.sample.content());
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

            get(ahti.add(rig.source, AddOptions.to(rig.full).withoutTrackers()));
            assertThat(refusal(ahti.add(rig.source, AddOptions.to(rig.full)))).isInstanceOf(Refusal.Duplicate.class);
        }
        assertThatThrownBy(() -> Ahti.start(Map.of("net.prots", "0")))
                .hasMessage("'net.prots' is no key of reference.conf");
        assertThatThrownBy(() -> Ahti.start(Map.of("net.bind", List.of("no.such.host.invalid"))))
                .hasMessage("'no.such.host.invalid' is not an address of this machine, nor a network interface");
    }

    @Test
    void aProblemFailsTheDownloadAndResumingIsAnotherAttempt() throws Exception {
        Files.delete(rig.full.resolve("sample"));
        Files.createDirectory(rig.full.resolve("sample"));
        try (Ahti ahti = start(0)) {
            Download download = get(ahti.add(rig.source, AddOptions.to(rig.full).withoutTrackers()));

            assertThatThrownBy(() -> get(download.finished()))
                    .cause()
                    .isInstanceOfSatisfying(
                            ProblemException.class, e -> assertThat(e.problem()).isInstanceOf(Problem.DiskFault.class));
            Files.delete(rig.full.resolve("sample"));
            Files.write(rig.full.resolve("sample"), rig.sample.content());
            get(download.resume());

            assertThat(get(download.finished()).state()).isEqualTo(TorrentState.SEEDING);
        }
    }

    @Test
    void whoWantsMoreWaitsForANewEnd() throws Exception {
        try (Ahti ahti = start(0)) {
            AddOptions nothing = AddOptions.to(directory.resolve("empty"))
                    .withoutTrackers()
                    .files(FileSelection.all().with(0, FilePriority.OFF));
            Download download = get(ahti.add(rig.source, nothing));
            CompletionStage<TorrentStatus> first = download.finished();
            get(first);

            get(download.select(FileSelection.all().with(0, FilePriority.HIGH)));

            assertThat(download.status().state()).isEqualTo(TorrentState.DOWNLOADING);
            assertThat(download.finished()).isNotSameAs(first);
            assertThat(download.finished().toCompletableFuture()).isNotDone();
            assertThat(refusal(download.select(FileSelection.only(List.of(1))))).isInstanceOf(Refusal.BadOptions.class);
        }
    }

    @Test
    void pausesResumesAndRemoves() throws Exception {
        try (Ahti ahti = start(0)) {
            Download download = get(ahti.add(rig.source, rig.seeding()));
            get(download.finished());

            get(download.pause());
            assertThat(download.status().state()).isEqualTo(TorrentState.PAUSED);
            get(download.resume());
            assertThat(download.status().state()).isNotEqualTo(TorrentState.PAUSED);
            get(download.remove(true));

            assertThat(rig.full.resolve("sample")).doesNotExist();
            assertThat(refusal(download.remove(true))).isInstanceOf(Refusal.NoSuchTorrent.class);
        }
    }

    @Test
    void aCallbackThatWaitsHoldsUpNothingButItself() throws Exception {
        CountDownLatch enough = new CountDownLatch(1);
        try (Ahti seed = start(rig.port);
                Ahti ahti = start(0)) {
            get(seed.add(rig.source, rig.seeding()));
            ahti.events(EventFilter.all()).subscribe(new Collector<>(event -> await(enough)));
            CompletableFuture<Void> blocked = ahti.add(rig.source, rig.downloading())
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
            Download download = get(ahti.add(rig.source, rig.downloading().startPaused()));
            // Until the engine knows of the subscriber, torrents come and go unseen.
            while (events.soon()
                    .filter(EngineEvent.TorrentAdded.class::isInstance)
                    .isEmpty()) {
                get(download.remove(false));
                download = get(ahti.add(rig.source, rig.downloading().startPaused()));
            }
            get(download.remove(false));
            download = get(ahti.add(rig.source, rig.seeding()));
            download.updates(Duration.ofMillis(20)).subscribe(statuses);
            get(download.finished());

            EngineEvent event = events.next();
            while (!(event instanceof EngineEvent.Happened)) {
                event = events.next();
            }
            assertThat(event)
                    .isEqualTo(new EngineEvent.Happened(
                            new TorrentEvent.Finished(rig.sample.metainfo().infoHash(), true)));
            assertThat(statuses.next().name()).isEqualTo("sample");
        }
        assertThat(events.completed.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(statuses.completed.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void closesOnceAndRefusesEverythingAfter() throws Exception {
        Ahti ahti = start(0);
        Download download = get(ahti.add(rig.source, rig.seeding().startPaused()));
        ahti.close();
        ahti.close();

        get(ahti.stop(Duration.ofSeconds(1)));
        assertThat(refusal(download.finished())).isEqualTo(Refusal.Stopping.INSTANCE);
        assertThat(refusal(ahti.add(rig.source, rig.seeding()))).isEqualTo(Refusal.Stopping.INSTANCE);
        Collector<EngineEvent> late = new Collector<>(event -> {});
        ahti.events(EventFilter.all()).subscribe(late);
        assertThat(late.completed.await(20, TimeUnit.SECONDS)).isTrue();
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
                get(get(ahti.add(rig.source, rig.seeding())).finished());
            }
            assertThat(system.getWhenTerminated().toCompletableFuture()).isNotDone();

            Ahti second = Ahti.on(system);
            Path state = directory.resolve("state");
            AddOptions partly = AddOptions.to(directory.resolve("partly")).withoutTrackers();
            Download download = get(second.add(rig.source, partly.stateIn(state)));
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

    /** Threads that could be ours: the JDK keeps some for the whole process once anybody has used them. */
    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("ForkJoinPool.commonPool"))
                .filter(thread -> !thread.getName().equals("CompletableFutureDelayScheduler"))
                .collect(Collectors.toSet());
    }
}
