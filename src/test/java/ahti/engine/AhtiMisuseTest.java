package ahti.engine;

import static ahti.engine.PlainRig.PIECE;
import static ahti.engine.PlainRig.get;
import static ahti.engine.PlainRig.refusal;
import static ahti.engine.PlainRig.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ahti.core.InfoHash;
import ahti.disk.SampleTorrent;
import ahti.disk.SampleTorrent.Part;
import ahti.metainfo.FileSelection;
import ahti.torrent.TorrentStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The plain door and who does what nobody expects: too early, too late, twice, from the wrong thread. */
@Timeout(90)
class AhtiMisuseTest {
    @TempDir
    Path directory;

    private PlainRig rig;

    @BeforeEach
    void rig() throws IOException {
        rig = new PlainRig(directory);
    }

    @Test
    void whatIsNullIsTheCallersExceptionAndNotTheEnginesEnd() throws Exception {
        try (Ahti ahti = start(0)) {
            Download download = get(ahti.add(rig.source, rig.seeding()));

            assertThatThrownBy(() -> ahti.add(rig.source, nothing())).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> ahti.add(nothing(), rig.seeding())).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> ahti.events(nothing())).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> ahti.events(EventFilter.all()).subscribe(nothing()))
                    .isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> TorrentSource.file(nothing())).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> AddOptions.to(nothing())).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> new Engine.Add(rig.source, nothing(), nothing()))
                    .isInstanceOf(NullPointerException.class);

            assertThatThrownBy(() -> download.select(nothing())).isInstanceOf(NullPointerException.class);

            get(download.pause());
        }
    }

    @Test
    void namingAFileOrATorrentTwiceIsNamingItOnce() {
        InfoHash infoHash = rig.sample.metainfo().infoHash();

        assertThat(rig.seeding().files(1, 0, 1).files()).isEqualTo(FileSelection.only(List.of(0, 1)));
        assertThat(EventFilter.of(infoHash, infoHash).torrents()).containsExactly(infoHash);
    }

    @Test
    void whoeverIsRemovedIsGoneAtOnceAndMayComeAgain() throws Exception {
        try (Ahti ahti = start(0)) {
            for (int i = 0; i < 40; i++) {
                Download download = get(ahti.add(rig.source, rig.downloading().startPaused()));
                assertThat(ahti.downloads()).containsExactly(download);
                CompletionStage<Void> removed = download.remove(false);
                CompletionStage<Void> meanwhile = download.pause();
                get(removed);

                assertThat(ahti.downloads()).isEmpty();
                // It was in time, or it was not; but it has its end.
                assertThat(meanwhile.handle((done, failure) -> "over")).succeedsWithin(Duration.ofSeconds(5));
                assertThat(refusal(download.resume())).isInstanceOf(Refusal.NoSuchTorrent.class);
                assertThat(refusal(download.finished())).isInstanceOf(Refusal.NoSuchTorrent.class);
            }
        }
    }

    @Test
    void whoeverHoldsATorrentThatIsGoneCannotRemoveItsSuccessor() throws Exception {
        try (Ahti ahti = start(0)) {
            Download gone = get(ahti.add(rig.source, rig.seeding().startPaused()));
            get(gone.remove(false));
            Download successor = get(ahti.add(rig.source, rig.seeding()));

            assertThat(refusal(gone.remove(true))).isInstanceOf(Refusal.NoSuchTorrent.class);

            assertThat(get(successor.finished()).have()).isEqualTo(20 * PIECE + 1);
        }
    }

    @Test
    void aDownloadThatIsPausedOnceItIsCompleteIsFinished() throws Exception {
        try (Ahti ahti = Ahti.start(Map.of("net.ports", "0", "engine.snapshot-interval", "1h"))) {
            Download download = get(ahti.add(rig.source, rig.seeding().startPaused()));
            CompletionStage<TorrentStatus> finished = download.finished();
            while (download.status().have() < 20 * PIECE + 1) {
                CompletionStage<Void> resumed = download.resume();
                get(download.pause());
                get(resumed);
            }

            assertThat(get(finished).have()).isEqualTo(20 * PIECE + 1);
        }
    }

    @Test
    void callbacksMayWaitForOtherStages() throws Exception {
        int many = 10;
        try (Ahti ahti = start(0)) {
            CountDownLatch called = new CountDownLatch(many);
            CompletableFuture<?>[] waiting = new CompletableFuture<?>[many];
            List<SampleTorrent> samples = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                samples.add(SampleTorrent.of(i, PIECE, List.of(Part.file("sample", PIECE))));
                Path place = Files.createDirectory(directory.resolve("place" + i));
                Files.write(place.resolve("sample"), samples.get(i).content());
                waiting[i] = ahti.add(
                                new TorrentSource.FromMetainfo(samples.get(i).metainfo()),
                                AddOptions.to(place).withoutTrackers().startPaused())
                        .thenAccept(download -> {
                            called.countDown();
                            download.finished().toCompletableFuture().join();
                        })
                        .toCompletableFuture();
            }
            assertThat(called.await(20, TimeUnit.SECONDS)).isTrue();

            ahti.downloads().forEach(Download::resume);

            get(CompletableFuture.allOf(waiting));
        }
    }

    @Test
    void aSubscriberMayClose() throws Exception {
        Ahti ahti = start(0);
        CountDownLatch closed = new CountDownLatch(1);
        Collector<EngineEvent> closing = new Collector<>(event -> {
            ahti.close();
            closed.countDown();
        });
        ahti.events(EventFilter.all()).subscribe(closing);
        // Closed at its first event, it may or may not get through.
        var unusedStage = ahti.add(rig.source, rig.seeding());

        assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
        get(ahti.stop(Duration.ofSeconds(1)));
    }

    @Test
    void aReadThatTheEndOfTheEngineCutsOffFails() throws Exception {
        Ahti ahti = start(0);
        Download download = get(ahti.add(rig.source, rig.downloading()));
        Collector<ByteBuffer> waiting = new Collector<>(bytes -> {});
        download.read(0, 0, 1).subscribe(waiting);
        ahti.close();
        Collector<ByteBuffer> late = new Collector<>(bytes -> {});
        download.read(0, 0, 1).subscribe(late);

        assertThat(get(waiting.failure)).isInstanceOf(ReadException.class);
        assertThat(get(late.failure)).isInstanceOf(ReadException.class).hasMessage("the engine is gone");
    }

    /** As from a caller whose compiler does not look. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return null;
    }
}
