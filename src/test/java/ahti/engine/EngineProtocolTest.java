package ahti.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.ActorKit;
import ahti.disk.FileStore;
import ahti.disk.RealFileStore;
import ahti.disk.SampleTorrent;
import ahti.disk.SampleTorrent.Part;
import ahti.disk.WrappedFileStore;
import ahti.torrent.Torrent;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentSpec;
import ahti.torrent.TorrentState;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What an embedder asks of an engine, and every way in which it says no. */
class EngineProtocolTest {
    private static final int PIECE = 32_768;
    private static final byte[] TORRENT = ("d4:infod6:lengthi10e4:name1:x12:piece lengthi16384e6:pieces20:"
                    + "AAAAAAAAAAAAAAAAAAAA" + "ee")
            .getBytes(StandardCharsets.US_ASCII);

    @RegisterExtension
    final ActorKit kit = new ActorKit();

    @TempDir
    Path directory;

    private final SampleTorrent sample = SampleTorrent.of(PIECE, Part.file("sample", 2 * PIECE));
    private EngineRig rig;
    private ActorRef<Engine.Command> engine;

    @BeforeEach
    void engine() {
        rig = new EngineRig(kit);
        engine = rig.engine(new Lan(0), new RealFileStore());
    }

    @Test
    void addsATorrentFromAFileAndFromBytes() throws IOException {
        Path file = Files.write(directory.resolve("x.torrent"), TORRENT);

        Engine.AddReply first = rig.add(engine, TorrentSource.file(file), AddOptions.to(directory));
        Engine.AddReply again = rig.add(engine, TorrentSource.bytes(TORRENT), AddOptions.to(directory));

        assertThat(((Engine.Added) first).torrent().name()).isEqualTo("x");
        assertThat(refusal(again)).isInstanceOf(Refusal.Duplicate.class);
    }

    @Test
    void ofTwoWhoAddTheSameAtOnceOneIsRefused() {
        TestProbe<Engine.AddReply> replies = kit.probe();
        AddOptions options = AddOptions.to(directory).stateIn(directory.resolve("state"));

        engine.tell(new Engine.Add(TorrentSource.bytes(TORRENT), options, replies.ref()));
        engine.tell(new Engine.Add(TorrentSource.bytes(TORRENT), options, replies.ref()));

        Engine.AddReply one = replies.receiveMessage();
        Engine.AddReply other = replies.receiveMessage();
        assertThat(refusal(one instanceof Engine.Added ? other : one)).isInstanceOf(Refusal.Duplicate.class);
        assertThat(one instanceof Engine.Added ? one : other).isInstanceOf(Engine.Added.class);
    }

    @Test
    void refusesWhatIsNoTorrent() throws IOException {
        Path page = Files.writeString(directory.resolve("page.torrent"), "<html>");

        assertThat(refusal(TorrentSource.file(page))).isInstanceOf(Refusal.BadTorrent.class);
        assertThat(refusal(TorrentSource.bytes("de".getBytes(StandardCharsets.US_ASCII))))
                .isInstanceOf(Refusal.BadTorrent.class);
        assertThat(refusal(TorrentSource.file(directory.resolve("none")))).isInstanceOf(Refusal.NoSuchFile.class);
        assertThat(refusal(TorrentSource.file(directory))).isInstanceOf(Refusal.Unreadable.class);
    }

    @Test
    void refusesWhatIsNoMagnetLink() {
        assertThat(refusal(TorrentSource.magnet("magnet:?xt=urn:btih:"))).isInstanceOf(Refusal.BadMagnet.class);
    }

    @Test
    void refusesWhatComesLater() {
        assertThat(refusal(TorrentSource.magnet("magnet:?xt=urn:btmh:1220" + "ab".repeat(32))))
                .isInstanceOf(Refusal.Unsupported.class);
        assertThat(refusal(new TorrentSource.FromUri(URI.create("https://example.org/x.torrent"))))
                .isInstanceOf(Refusal.Unsupported.class);
    }

    @Test
    void refusesADirectoryThatCannotBeMadeAndGivesTheLockBack() throws IOException {
        Path file = Files.write(directory.resolve("file"), new byte[1]);
        Path state = directory.resolve("state");

        Engine.AddReply refused = rig.add(
                engine, TorrentSource.bytes(TORRENT), AddOptions.to(file).stateIn(state));
        Engine.AddReply added = rig.add(
                engine,
                TorrentSource.bytes(TORRENT),
                AddOptions.to(directory.resolve("data")).stateIn(state));

        assertThat(refusal(refused)).isInstanceOf(Refusal.NoDirectory.class);
        assertThat(added).isInstanceOf(Engine.Added.class);
    }

    @Test
    void refusesToShareFromADirectoryThatIsNotThere() {
        Path none = directory.resolve("none");

        Engine.AddReply refused = rig.add(
                engine, TorrentSource.bytes(TORRENT), AddOptions.to(none).seedingOnly());

        assertThat(refusal(refused)).isInstanceOf(Refusal.NoDirectory.class);
        assertThat(none).doesNotExist();
    }

    @Test
    void refusesFilesThatTheTorrentDoesNotHave() {
        Engine.AddReply refused = rig.add(
                engine, TorrentSource.bytes(TORRENT), AddOptions.to(directory).files(1));

        assertThat(refusal(refused).describe()).isEqualTo("there is no file 1: this torrent has files 0 to 0");
    }

    @Test
    void refusesMoreAtATimeThanConfigured() {
        CountDownLatch disk = new CountDownLatch(1);
        FileStore slow = new WrappedFileStore() {
            @Override
            protected void before(String operation, Path path) {
                if (operation.equals("makeDirectory")) {
                    PlainRig.await(disk);
                }
            }
        };
        ActorRef<Engine.Command> small =
                rig.engine(new Lan(0), slow, "ahti.engine.max-adding = 1", "ahti.engine.events-buffer = 1");
        TestProbe<Engine.AddReply> replies = kit.probe();
        Engine.Add add = new Engine.Add(TorrentSource.bytes(TORRENT), AddOptions.to(directory), replies.ref());

        small.tell(add);
        small.tell(add);
        assertThat(refusal(replies.receiveMessage())).isInstanceOf(Refusal.Busy.class);
        disk.countDown();

        assertThat(replies.receiveMessage()).isInstanceOf(Engine.Added.class);
    }

    @Test
    void aBugWhileAddingIsAnsweredAndTheNextOneIsTakenOn() {
        boolean[] broken = {true};
        ActorRef<Engine.Command> unlucky = rig.engine(new Lan(0), new WrappedFileStore() {
            @Override
            protected void before(String operation, Path path) {
                if (operation.equals("makeDirectory") && broken[0]) {
                    broken[0] = false;
                    throw new IllegalStateException("a bug, for the test");
                }
            }
        });

        assertThat(refusal(rig.add(unlucky, EngineRig.spec(sample, directory)))).isInstanceOf(Refusal.Bug.class);
        assertThat(rig.add(unlucky, TorrentSource.bytes(TORRENT), AddOptions.to(directory)))
                .isInstanceOf(Engine.Added.class);
    }

    @Test
    void beginsPausedWhenAskedTo() {
        TestProbe<TorrentEvent> events = kit.probe();
        engine.tell(new Engine.Watch(EventFilter.all(), kit.spawn(Eager.tells(events.ref()))));

        Engine.Added added = (Engine.Added) rig.add(
                engine, TorrentSource.bytes(TORRENT), AddOptions.to(directory).startPaused());
        EngineRig.reaches(events, TorrentState.PAUSED);
        added.torrent().actor().tell(Torrent.Resume.INSTANCE);

        EngineRig.reaches(events, TorrentState.DOWNLOADING);
    }

    @Test
    void findsWhatIsHere() {
        Engine.Added added = (Engine.Added) rig.add(engine, TorrentSource.bytes(TORRENT), AddOptions.to(directory));
        TestProbe<Engine.FindReply> found = kit.probe();

        engine.tell(new Engine.Find(added.torrent().infoHash(), found.ref()));
        found.expectMessage(new Engine.Found(added.torrent()));
        engine.tell(new Engine.Find(sample.metainfo().infoHash(), found.ref()));
        found.expectMessage(new Engine.NotFound(sample.metainfo().infoHash()));
    }

    @Test
    void removesATorrentAndKeepsOrDeletesItsData() throws IOException {
        TorrentSpec spec = EngineRig.spec(sample, directory);
        Path file = directory.resolve("data/sample");
        Files.createDirectories(directory.resolve("data"));
        Files.write(file, sample.content());
        TestProbe<TorrentEvent> events = kit.probe();

        rig.run(engine, spec, events, TorrentState.SEEDING);
        assertThat(remove(spec, false)).isInstanceOf(Engine.Removed.class);
        assertThat(file).exists();
        rig.run(engine, spec, kit.probe(), TorrentState.SEEDING);
        assertThat(remove(spec, true)).isInstanceOf(Engine.Removed.class);

        assertThat(file).doesNotExist();
        assertThat(directory.resolve("state")).isDirectoryNotContaining("glob:**.resume");
        assertThat(remove(spec, true)).isInstanceOf(Engine.NotRemoved.class);
        TestProbe<Engine.Listing> listing = kit.probe();
        engine.tell(new Engine.ListAll(0, listing.ref()));
        assertThat(listing.receiveMessage().torrents()).isEmpty();
    }

    @Test
    void aStoppingEngineRefusesAndStillStops() {
        rig.add(engine, EngineRig.spec(sample, directory));
        TestProbe<Engine.Stopped> stopped = kit.probe();
        TestProbe<Engine.AddReply> replies = kit.probe();

        engine.tell(new Engine.Stop(stopped.ref()));
        engine.tell(new Engine.Add(TorrentSource.bytes(TORRENT), AddOptions.to(directory), replies.ref()));

        assertThat(refusal(replies.receiveMessage())).isEqualTo(Refusal.Stopping.INSTANCE);
        stopped.expectMessage(Duration.ofSeconds(10), Engine.Stopped.INSTANCE);
    }

    private Engine.RemoveReply remove(TorrentSpec spec, boolean deleteData) {
        TestProbe<Engine.RemoveReply> replies = kit.probe();
        engine.tell(new Engine.Remove(spec.metainfo().infoHash(), deleteData, replies.ref()));
        return replies.receiveMessage(Duration.ofSeconds(10));
    }

    private Refusal refusal(TorrentSource source) {
        return refusal(rig.add(engine, source, AddOptions.to(directory)));
    }

    private static Refusal refusal(Engine.AddReply reply) {
        return ((Engine.NotAdded) reply).refusal();
    }
}
