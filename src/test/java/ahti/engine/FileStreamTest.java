package ahti.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.ActorKit;
import ahti.core.BlockRef;
import ahti.disk.FileStore;
import ahti.disk.RealFileStore;
import ahti.disk.SampleTorrent;
import ahti.disk.SampleTorrent.Part;
import ahti.disk.WrappedFileStore;
import ahti.torrent.Torrent;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentSpec;
import ahti.torrent.TorrentState;
import ahti.torrent.reading.ReadRefusal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Files as streams, between whole engines on a network in memory. */
class FileStreamTest {
    private static final int PIECE = 2 * BlockRef.MAX_LENGTH;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @RegisterExtension
    final ActorKit kit = new ActorKit();

    @TempDir
    Path directory;

    private final SampleTorrent sample = SampleTorrent.of(
            PIECE,
            Part.file("sample/a", 3 * PIECE + 1_000),
            Part.pad(PIECE - 1_000),
            Part.file("sample/b", 9 * PIECE + 77));
    private final Lan lan = new Lan(0);
    private EngineRig rig;
    private TestProbe<TorrentEvent> events;

    @BeforeEach
    void rig() {
        rig = new EngineRig(kit);
        events = kit.probe();
    }

    @Test
    void aFileIsReadInOrderWhileItDownloads() {
        seed();
        ActorRef<Torrent.Command> torrent = download(spec().fetchedOnDemand());

        Run all = read(Streams.file(torrent, 2, 0, 9L * PIECE + 77));
        Run part = read(Streams.file(torrent, 2, PIECE + 5L, 4L * PIECE - 3));

        assertThat(all.bytes()).succeedsWithin(PATIENCE).isEqualTo(bytes(2, 0, 9 * PIECE + 77));
        assertThat(part.bytes()).succeedsWithin(PATIENCE).isEqualTo(bytes(2, PIECE + 5, 4 * PIECE - 3));
        assertThat(all.length()).succeedsWithin(PATIENCE).isEqualTo(9L * PIECE + 77);
        // Nobody read the other file.
        assertThat(directory.resolve("data/sample/a")).doesNotExist();
    }

    @Test
    void whoeverCancelsLearnsHowMuchWasToldAndMakesRoomForAnother() {
        seed();
        ActorRef<Torrent.Command> torrent = download(spec(), "ahti.read.max-readers = 1", "ahti.read.chunk = 1000");
        Pair<CompletionStage<Long>, SinkQueueWithCancel<ByteString>> run = Streams.file(torrent, 0, 10, 3L * PIECE)
                .toMat(Sink.queue(), Keep.both())
                .run(kit.system());
        assertThat(run.second().pull()).succeedsWithin(PATIENCE).isEqualTo(Optional.of(bytes(0, 10, 1_010)));

        run.second().cancel();

        assertThat(run.first())
                .succeedsWithin(PATIENCE, InstanceOfAssertFactories.LONG)
                .isBetween(1_000L, 17_000L);
        events.awaitAssert(() -> {
            assertThat(read(Streams.file(torrent, 0, 0, 10)).bytes())
                    .succeedsWithin(PATIENCE)
                    .isEqualTo(bytes(0, 0, 10));
            return null;
        });
    }

    @Test
    void nothingIsReadToItsEndLikeAnythingElse() {
        ActorRef<Torrent.Command> torrent = download(spec());

        Run none = read(Streams.file(torrent, 0, 5, 5));

        assertThat(none.bytes()).succeedsWithin(PATIENCE).isEqualTo(ByteString.emptyByteString());
        assertThat(none.length()).succeedsWithin(PATIENCE).isEqualTo(0L);
    }

    @Test
    void aRefusalFailsTheStreamWithItsReason() {
        ActorRef<Torrent.Command> torrent = download(spec());
        Run run = read(Streams.file(torrent, 1, 0, 10));

        assertThat(failure(run.bytes()).refusal()).contains(new ReadRefusal.Padding(1));
        assertThat(failure(run.length())).hasMessage("file 1 is padding");
    }

    @Test
    void aFileThatIsNeitherSelectedNorHereIsRefused() {
        TorrentSpec spec = spec(Set.of(0));
        // Opened before it is known what is there.
        ActorRef<Torrent.Command> torrent = ((Engine.Added)
                        rig.add(rig.engine(lan, new RealFileStore()), spec, events.ref()))
                .torrent()
                .actor();
        Run early = read(Streams.file(torrent, 2, 0, 10));
        EngineRig.reaches(events, TorrentState.DOWNLOADING);
        Run late = read(Streams.file(torrent, 2, 0, 10));

        assertThat(failure(early.bytes())).hasMessage("file 2 is not selected, and not all of it is here");
        assertThat(failure(late.bytes()).refusal()).contains(new ReadRefusal.NotSelected(2));
    }

    @Test
    void aStreamOfATorrentThatStopsFails() {
        ActorRef<Torrent.Command> torrent = download(spec());
        Run run = read(Streams.file(torrent, 0, 0, 10));
        TestProbe<Torrent.Stopped> stopped = kit.probe();
        torrent.tell(new Torrent.Stop(stopped.ref()));

        failure(run.bytes());
        stopped.expectMessage(Torrent.Stopped.INSTANCE);
        stopped.expectTerminated(torrent);
        assertThat(failure(read(Streams.file(torrent, 0, 0, 10)).bytes())).hasMessageContaining("gone");
    }

    @Test
    void aBugInTheTorrentFailsItsStreams() {
        FileStore files = new WrappedFileStore() {
            @Override
            protected void before(String operation, Path path) {
                if (operation.equals("write") && path.endsWith("a")) {
                    throw new IllegalStateException("a bug, for the test");
                }
            }
        };
        seed();
        ActorRef<Torrent.Command> torrent = ((Engine.Added) rig.add(
                        rig.engine(lan, files),
                        EngineRig.spec(sample, directory.resolve("empty"), Lan.address(EngineRig.PORT)),
                        events.ref()))
                .torrent()
                .actor();
        Run run = read(Streams.file(torrent, 0, 0, 10));

        assertThat(failure(run.bytes())).hasMessageContaining("begins anew");
        assertThat(failure(run.length()).refusal()).isEmpty();
    }

    private void seed() {
        sample.writeTo(directory.resolve("full/data"));
        rig.run(
                rig.engine(lan, new RealFileStore()),
                EngineRig.spec(sample, directory.resolve("full")),
                kit.probe(),
                TorrentState.SEEDING);
    }

    private TorrentSpec spec() {
        return spec(Set.of());
    }

    private TorrentSpec spec(Set<Integer> files) {
        TorrentSpec all = EngineRig.spec(sample, directory, Lan.address(EngineRig.PORT));
        return new TorrentSpec(
                all.metainfo(),
                all.directory(),
                files,
                false,
                false,
                false,
                all.peers(),
                all.moreTrackers(),
                false,
                all.stateDirectory());
    }

    private ActorRef<Torrent.Command> download(TorrentSpec spec, String... settings) {
        return rig.run(rig.engine(lan, new RealFileStore(), settings), spec, events, TorrentState.DOWNLOADING);
    }

    private Run read(Source<ByteString, CompletionStage<Long>> source) {
        Pair<CompletionStage<Long>, CompletionStage<ByteString>> run = source.toMat(
                        Sink.fold(ByteString.emptyByteString(), ByteString::concat), Keep.both())
                .run(kit.system());
        return new Run(run.first(), run.second());
    }

    private ByteString bytes(int file, int from, int to) {
        int start = (int) sample.metainfo().files().get(file).offset();
        return sample.bytes().slice(start + from, start + to);
    }

    private static ReadException failure(CompletionStage<?> stage) {
        return (ReadException) assertThat(stage)
                .failsWithin(PATIENCE)
                .withThrowableOfType(ExecutionException.class)
                .actual()
                .getCause();
    }

    private record Run(CompletionStage<Long> length, CompletionStage<ByteString> bytes) {}
}
