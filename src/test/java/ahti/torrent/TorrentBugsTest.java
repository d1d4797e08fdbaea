package ahti.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.ActorKit;
import ahti.ScriptedWire;
import ahti.core.Bitfield;
import ahti.core.BlockRef;
import ahti.disk.SampleTorrent;
import ahti.disk.SampleTorrent.Part;
import ahti.disk.WrappedFileStore;
import ahti.peer.PeerConnection;
import ahti.torrent.why.WaitReason;
import ahti.wire.PeerMessage;
import ahti.wire.PeerMessage.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.Kill;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a torrent that a bug ends: it is ended through its files, which throw what no file system throws. */
class TorrentBugsTest {
    /** Two pieces: two blocks and one. */
    private static final int PIECE = 32_768;

    @RegisterExtension
    final ActorKit kit = new ActorKit();

    @TempDir
    Path directory;

    private final AtomicInteger bugs = new AtomicInteger();
    private volatile String broken = "look";
    private TorrentRig rig;

    @BeforeEach
    void rig() {
        rig = new TorrentRig(kit, SampleTorrent.of(PIECE, Part.file("sample", PIECE + 1_000)), directory);
        rig.files(new WrappedFileStore() {
            @Override
            protected void before(String operation, Path path) {
                boolean strikes = operation.equals(broken) && path.endsWith("sample");
                if (strikes && bugs.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    throw new IllegalStateException("a bug, for the test");
                }
            }
        });
    }

    @Test
    void itSaysWhenItBeginsAgainAndDoes() {
        bugs.set(2);
        ActorRef<Torrent.Command> torrent = rig.start();

        TorrentEvent.Restarting first = rig.event(TorrentEvent.Restarting.class);
        assertThat(first.cause()).hasRootCauseMessage("a bug, for the test");
        assertThat(List.of(first.restart(), first.most())).containsExactly(1, 5);
        kit.pass(first.pause());
        TorrentEvent.Restarting second = rig.event(TorrentEvent.Restarting.class);
        assertThat(second.restart()).isEqualTo(2);
        assertThat(second.pause()).isEqualTo(first.pause().multipliedBy(2));
        kit.pass(second.pause());

        rig.reaches(TorrentState.DOWNLOADING);
        assertThat(status(torrent).problem()).isEmpty();
    }

    @Test
    void whileItWaitsItAnswersWithTheReason() {
        ActorRef<Torrent.Command> torrent = recovering();

        TorrentStatus status = status(torrent);
        assertThat(status.waiting())
                .contains(new WaitReason.RestartPause(
                        "java.lang.IllegalStateException: a bug, for the test", 1, 5, Duration.ofSeconds(1)));
        assertThat(status.problem()).get().isInstanceOf(Problem.Bug.class);
        assertThat(status.wanted()).isEqualTo(PIECE + 1_000);
        TestProbe<Torrent.Peers> peers = kit.probe();
        torrent.tell(new Torrent.GetPeers(peers.ref()));
        assertThat(peers.receiveMessage().peers()).isEmpty();
        TestProbe<PeerConnection.Command> stranger = kit.probe();
        torrent.tell(new Torrent.Welcome(stranger.ref(), TorrentRig.address(9)));
        stranger.expectMessageClass(PeerConnection.Disconnect.class);
    }

    @Test
    void itStopsAtOnceWhileItWaits() {
        ActorRef<Torrent.Command> torrent = recovering();

        TestProbe<Torrent.Stopped> stopped = kit.probe();
        torrent.tell(new Torrent.Stop(stopped.ref()));

        stopped.expectMessage(Torrent.Stopped.INSTANCE);
        stopped.expectTerminated(torrent);
    }

    @Test
    void itsUserMayKeepItAtRestAndWakeIt() {
        ActorRef<Torrent.Command> torrent = recovering();
        torrent.tell(Torrent.Pause.INSTANCE);
        assertThat(status(torrent).waiting()).contains(new WaitReason.PausedByUser());
        kit.pass(Duration.ofMinutes(1));
        assertThat(status(torrent).waiting()).contains(new WaitReason.PausedByUser());

        torrent.tell(Torrent.Resume.INSTANCE);

        rig.reaches(TorrentState.DOWNLOADING);
    }

    @Test
    void peersThatItHearsOfMeanwhileAreMetAfterwards() {
        ActorRef<Torrent.Command> torrent = recovering();
        ScriptedWire peer = rig.peer(1);
        torrent.tell(new Torrent.AddPeers(List.of(TorrentRig.address(1))));
        kit.pass(Duration.ofSeconds(1));

        rig.greets(peer, 1, Bitfield.all(2));
        peer.expects(Signal.INTERESTED);
    }

    @Test
    void aCompleteTorrentIsNotFinishedTwice() throws IOException {
        Files.createDirectories(directory.resolve("data"));
        Files.write(directory.resolve("data/sample"), rig.sample.content());
        broken = "read";
        ScriptedWire peer = rig.peer(1);
        rig.start(1);
        rig.reaches(TorrentState.SEEDING);
        rig.event(TorrentEvent.Finished.class);
        bugs.set(1);
        rig.greets(peer, 1, Bitfield.none(2));
        assertThat(peer.next()).isInstanceOf(PeerMessage.BitfieldBytes.class);
        peer.sends(Signal.INTERESTED);
        peer.expects(Signal.UNCHOKE);
        peer.sends(new PeerMessage.Request(new BlockRef(0, 0, 16_384)));

        kit.pass(rig.event(TorrentEvent.Restarting.class).pause());
        rig.reaches(TorrentState.SEEDING);

        rig.events.expectNoMessage(Duration.ofMillis(100));
    }

    @Test
    void anInspectorThatFailsIsABugOfItsTorrent() throws IOException {
        Files.createDirectories(directory.resolve("data"));
        Files.write(directory.resolve("data/sample"), rig.sample.content());
        broken = "read";
        rig.holdInspections();
        rig.start();
        Runnable inspection = rig.heldInspection();
        bugs.set(1);

        inspection.run();

        TorrentEvent.Restarting restarting = rig.event(TorrentEvent.Restarting.class);
        assertThat(restarting.cause()).hasRootCauseMessage("a bug, for the test");
        kit.pass(restarting.pause());
        rig.heldInspection().run();
        rig.reaches(TorrentState.SEEDING);
    }

    @Test
    void aFetchedPieceThatCannotBeHashedIsABugOfItsTorrent() {
        rig.holdVerdicts();
        ScriptedWire peer = rig.peer(1);
        rig.start(1);
        rig.greets(peer, 1, Bitfield.all(2));
        peer.expects(Signal.INTERESTED);
        rig.serves(peer, new BlockRef(0, 0, 16_384));
        rig.serves(peer, new BlockRef(0, 16_384, 16_384));

        rig.heldFailure(new IllegalStateException("a bug, for the test")).run();

        assertThat(rig.event(TorrentEvent.Restarting.class).cause()).hasRootCauseMessage("a bug, for the test");
    }

    @Test
    void itStopsThoughABugKeepsItsFilesFromBeingForced() {
        ActorRef<Torrent.Command> torrent = halfway();
        broken = "force";
        bugs.set(1);

        TestProbe<Torrent.Stopped> stopped = kit.probe();
        torrent.tell(new Torrent.Stop(stopped.ref()));

        stopped.expectMessage(Torrent.Stopped.INSTANCE);
        stopped.expectTerminated(torrent);
    }

    @Test
    void aBugWhileItsFilesAreForcedIsABugOfItsTorrent() {
        rig.settings("ahti.torrent.checkpoint-interval = 10s");
        halfway();
        broken = "force";
        bugs.set(1);

        kit.pass(Duration.ofSeconds(11));

        assertThat(rig.event(TorrentEvent.Restarting.class).cause()).hasRootCauseMessage("a bug, for the test");
    }

    /** It has one of its two pieces. */
    private ActorRef<Torrent.Command> halfway() {
        ScriptedWire peer = rig.peer(1);
        ActorRef<Torrent.Command> torrent = rig.start(1);
        rig.greets(peer, 1, Bitfield.all(2));
        peer.expects(Signal.INTERESTED);
        rig.serves(peer, new BlockRef(1, 0, 1_000));
        rig.events.awaitAssert(() -> {
            assertThat(status(torrent).pieces().stored()).isEqualTo(1);
            return torrent;
        });
        return torrent;
    }

    private ActorRef<Torrent.Command> recovering() {
        bugs.set(1);
        ActorRef<Torrent.Command> torrent = rig.start();
        rig.event(TorrentEvent.Restarting.class);
        return torrent;
    }

    private TorrentStatus status(ActorRef<Torrent.Command> torrent) {
        TestProbe<TorrentStatus> probe = kit.probe();
        torrent.tell(new Torrent.GetStatus(4, probe.ref()));
        return probe.receiveMessage();
    }

    /** A magnet link has no files: its announcer is killed. */
    @Test
    void aMagnetLinkGoesOnAfterABugAndIsGivenUpAfterTooMany() {
        rig.tracker("http://tracker.example/announce");
        ActorRef<Torrent.Command> torrent = rig.follow();
        assertThat(rig.announces.receiveMessage().getRawQuery()).contains("event=started");
        for (int restart = 1; restart <= 5; restart++) {
            killAnnouncer(torrent);
            TorrentEvent.Restarting told = rig.event(TorrentEvent.Restarting.class);
            assertThat(told.restart()).isEqualTo(restart);
            assertThat(status(torrent).state()).isEqualTo(TorrentState.METADATA);
            kit.pass(told.pause());
            assertThat(rig.announces.receiveMessage().getRawQuery()).contains("event=started");
        }

        killAnnouncer(torrent);

        assertThat(rig.event(TorrentEvent.ProblemRaised.class).problem()).isInstanceOf(Problem.Bug.class);
        rig.events.expectTerminated(torrent);
    }

    private void killAnnouncer(ActorRef<Torrent.Command> torrent) {
        Adapter.toClassic(kit.system())
                .actorSelection(torrent.path() + "/*")
                .tell(Kill.getInstance(), org.apache.pekko.actor.ActorRef.noSender());
    }
}
