package ahti.testkit.record;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.disk.RealFileStore;
import ahti.disk.SampleTorrent;
import ahti.engine.AddOptions;
import ahti.engine.Engine;
import ahti.engine.EngineEvent;
import ahti.engine.Refusal;
import ahti.engine.TorrentRef;
import ahti.engine.TorrentSource;
import ahti.engine.TorrentSummary;
import ahti.testkit.record.replay.Replay;
import ahti.torrent.Torrent;
import ahti.torrent.TorrentState;
import ahti.torrent.TorrentStatus;
import ahti.torrent.reading.ReadRefusal;
import ahti.torrent.reading.Reader;
import ahti.torrent.why.WaitReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A recorded engine answers as any other, and all that it was asked is replayed. */
@Timeout(120)
class RecordedEngineTest {
    private final SampleTorrent sample = SampleTorrent.of(64 << 10, SampleTorrent.Part.file("it.bin", 1 << 20));

    @TempDir
    Path scratch;

    private LoopbackSwarm swarm;
    private ActorRef<Engine.Command> engine;

    @BeforeEach
    void aSeeder() throws IOException {
        swarm = new LoopbackSwarm(scratch);
        swarm.seed(sample, sample.content());
        engine = swarm.recorded(false);
    }

    @AfterEach
    void endOfSwarm() {
        swarm.close();
    }

    private Engine.AddReply add(AddOptions options) {
        return swarm.ask(engine, to -> new Engine.Add(new TorrentSource.FromMetainfo(sample.metainfo()), options, to));
    }

    private TorrentRef added(AddOptions options) {
        return ((Engine.Added) add(options)).torrent();
    }

    private Engine.FindReply find() {
        return swarm.ask(engine, to -> new Engine.Find(sample.metainfo().infoHash(), to));
    }

    private Engine.Listing list(long since) {
        return swarm.ask(engine, to -> new Engine.ListAll(since, to));
    }

    private Engine.RemoveReply remove() {
        return swarm.ask(engine, to -> new Engine.Remove(sample.metainfo().infoHash(), true, to));
    }

    private TorrentStatus status(TorrentRef torrent) {
        return swarm.ask(torrent.actor(), to -> new Torrent.GetStatus(0, to));
    }

    private void stopAndReplay() throws Exception {
        Engine.Stopped stopped = swarm.ask(engine, to -> new Engine.Stop(Optional.of(Duration.ofSeconds(20)), to));
        assertThat(stopped).isNotNull();
        try (RecordingFile recording = RecordingFile.open(new RealFileStore(), swarm.recording())) {
            Replay.Outcome outcome = new Replay(recording).run();
            assertThat(outcome.divergence()).isEmpty();
            assertThat(outcome.end()).contains("the engine ended");
        }
    }

    @Test
    void findsListsAndRemovesItsTorrent() throws Exception {
        TestProbe<EngineEvent> events = swarm.watch(engine);
        assertThat(find()).isInstanceOf(Engine.NotFound.class);
        assertThat(list(0).torrents()).isEmpty();
        assertThat(remove()).isInstanceOf(Engine.NotRemoved.class);

        TorrentRef torrent = added(swarm.downloading());
        LoopbackSwarm.awaitState(events, TorrentState.SEEDING);
        Engine.Listing listing = list(0);

        assertThat(find()).isEqualTo(new Engine.Found(torrent));
        assertThat(listing.torrents()).extracting(TorrentSummary::torrent).containsExactly(torrent);
        assertThat(list(listing.revision()).torrents()).isEmpty();
        assertThat(remove()).isInstanceOf(Engine.Removed.class);
        swarm.awaitEnd(torrent.actor());
        assertThat(Files.exists(swarm.target().resolve("it.bin"))).isFalse();
        assertThat(find()).isInstanceOf(Engine.NotFound.class);
        assertThat(list(listing.revision()).gone()).containsExactly(torrent.infoHash());
        assertThat(events.fishForMessage(
                        Duration.ofSeconds(10),
                        event -> event instanceof EngineEvent.TorrentRemoved
                                ? FishingOutcomes.complete()
                                : FishingOutcomes.continueAndIgnore()))
                .hasSize(1);
        stopAndReplay();
    }

    @Test
    void restsAndGoesOnAsItsUserWishesAndSaysWhy() throws Exception {
        TestProbe<EngineEvent> events = swarm.watch(engine);
        TorrentRef torrent = added(swarm.downloading().startPaused());
        LoopbackSwarm.awaitState(events, TorrentState.PAUSED);

        assertThat(status(torrent).waiting()).containsInstanceOf(WaitReason.PausedByUser.class);
        torrent.actor().tell(Torrent.Resume.INSTANCE);
        LoopbackSwarm.awaitState(events, TorrentState.SEEDING);
        assertThat(status(torrent).have()).isEqualTo(1 << 20);
        Torrent.Peers peers = swarm.ask(torrent.actor(), Torrent.GetPeers::new);
        assertThat(peers.peers())
                .allSatisfy(peer -> assertThat(peer.why().chokes()).isNotEmpty());
        Torrent.Stopped gone = swarm.ask(torrent.actor(), Torrent.Stop::new);
        assertThat(gone).isNotNull();
        swarm.awaitEnd(torrent.actor());
        stopAndReplay();
    }

    @Test
    void refusesReadersAndASecondTorrent() throws Exception {
        TorrentRef torrent = added(swarm.downloading());

        Reader.Reply read = swarm.ask(torrent.actor(), to -> new Torrent.Read(0, 0, 10, to));
        assertThat(read)
                .isInstanceOfSatisfying(
                        Reader.Refused.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(ReadRefusal.Unsupported.class));
        assertThat(add(swarm.downloading()))
                .isInstanceOfSatisfying(
                        Engine.NotAdded.class,
                        not -> assertThat(not.refusal()).isInstanceOf(Refusal.Unsupported.class));
        stopAndReplay();
    }

    @Test
    void refusesWhatItCannotRecord() throws Exception {
        Files.writeString(swarm.recording(), "somebody's letter");

        assertThat(add(swarm.downloading()))
                .isInstanceOfSatisfying(
                        Engine.NotAdded.class,
                        not -> assertThat(not.refusal().describe())
                                .contains(swarm.recording().toString(), "it is no recording, and stays"));
        Engine.AddReply fromFile = swarm.ask(
                engine,
                to -> new Engine.Add(TorrentSource.file(scratch.resolve("a.torrent")), swarm.downloading(), to));
        assertThat(fromFile).isInstanceOf(Engine.NotAdded.class);
        assertThat(Files.readString(swarm.recording())).isEqualTo("somebody's letter");
    }

    @Test
    void tellsWatchersOfItsEnd() {
        TestProbe<Engine.Watched> watcher = swarm.watcher(engine);
        Engine.Stopped stopped = swarm.ask(engine, to -> new Engine.Stop(to));
        assertThat(stopped).isNotNull();

        watcher.expectMessage(Engine.WatchEnded.INSTANCE);
    }
}
