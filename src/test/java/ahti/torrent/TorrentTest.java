package ahti.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.ActorKit;
import ahti.ScriptedWire;
import ahti.core.Bitfield;
import ahti.core.Block;
import ahti.core.BlockRef;
import ahti.disk.SampleTorrent;
import ahti.disk.SampleTorrent.Part;
import ahti.disk.WrappedFileStore;
import ahti.peer.PeerConnection;
import ahti.wire.PeerMessage;
import ahti.wire.PeerMessage.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Protocol sequences of a whole torrent: scripted peers and tracker outside, real files inside. */
class TorrentTest {
    /** Two pieces: two blocks and one. */
    private static final int PIECE = 32_768;

    private static final BlockRef FIRST = new BlockRef(0, 0, 16_384);
    private static final BlockRef SECOND = new BlockRef(0, 16_384, 16_384);
    private static final BlockRef LAST = new BlockRef(1, 0, 1_000);

    @RegisterExtension
    final ActorKit kit = new ActorKit();

    @TempDir
    Path directory;

    private TorrentRig rig;

    @BeforeEach
    void rig() {
        rig = new TorrentRig(kit, SampleTorrent.of(PIECE, Part.file("sample", PIECE + 1_000)), directory);
    }

    @Test
    void fetchesVerifiesStoresAndOnlyThenAnnouncesAPiece() throws IOException {
        ScriptedWire peer = rig.peer(1);
        rig.start(1);
        rig.greets(peer, 1, Bitfield.all(2));

        peer.expects(
                Signal.INTERESTED,
                new PeerMessage.Request(FIRST),
                new PeerMessage.Request(SECOND),
                new PeerMessage.Request(LAST));
        rig.serves(peer, FIRST);
        peer.expectsNothing();
        rig.serves(peer, SECOND);
        peer.expects(new PeerMessage.Have(0));
        rig.serves(peer, LAST);

        rig.reaches(TorrentState.SEEDING);
        assertThat(rig.event(TorrentEvent.Finished.class).wasComplete()).isFalse();
        assertThat(Files.readAllBytes(directory.resolve("data/sample"))).isEqualTo(rig.sample.content());
    }

    @Test
    void aCorruptPieceReachesNoFileItsSenderIsBannedAndAnotherIsAsked() throws IOException {
        ScriptedWire liar = rig.peer(1);
        ActorRef<Torrent.Command> torrent = rig.start(1);
        rig.greets(liar, 1, Bitfield.all(2));
        liar.expects(
                Signal.INTERESTED,
                new PeerMessage.Request(FIRST),
                new PeerMessage.Request(SECOND),
                new PeerMessage.Request(LAST));

        rig.serves(liar, FIRST);
        liar.sends(new PeerMessage.Piece(new Block(SECOND, ByteString.fromArray(new byte[16_384]))));
        assertThat(rig.event(TorrentEvent.PieceCorrupt.class).piece()).isZero();
        assertThat(rig.event(TorrentEvent.PeerDropped.class).reason()).isEqualTo("sent corrupt data");
        liar.expectsTheEnd();
        liar.expectsNothing();
        assertThat(directory.resolve("data/sample")).doesNotExist();

        ScriptedWire honest = rig.peer(2);
        torrent.tell(new Torrent.AddPeers(List.of(TorrentRig.address(2))));
        rig.greets(honest, 2, Bitfield.all(2));
        honest.expectsInAnyOrder(
                Signal.INTERESTED,
                new PeerMessage.Request(LAST),
                new PeerMessage.Request(FIRST),
                new PeerMessage.Request(SECOND));
        rig.serves(honest, FIRST);
        rig.serves(honest, SECOND);
        rig.serves(honest, LAST);

        rig.reaches(TorrentState.SEEDING);
        TorrentStatus status = status(torrent);
        assertThat(status.wasted()).isEqualTo(PIECE);
        assertThat(status.contributors()).isEqualTo(1);
        assertThat(Files.readAllBytes(directory.resolve("data/sample"))).isEqualTo(rig.sample.content());
    }

    @Test
    void whatIsThereAlreadyIsRecognisedAndOnlyTheRestIsFetched() throws IOException {
        Files.createDirectories(directory.resolve("data"));
        byte[] damaged = rig.sample.content();
        damaged[5]++;
        Files.write(directory.resolve("data/sample"), damaged);
        ScriptedWire peer = rig.peer(1);
        rig.start(1);
        rig.greets(peer, 1, Bitfield.all(2));

        // Piece 1 is good: it is in our bitfield, and only piece 0 is asked for.
        assertThat(peer.next()).isInstanceOf(PeerMessage.BitfieldBytes.class);
        peer.expects(Signal.INTERESTED, new PeerMessage.Request(FIRST), new PeerMessage.Request(SECOND));
        rig.serves(peer, FIRST);
        rig.serves(peer, SECOND);

        rig.reaches(TorrentState.SEEDING);
        assertThat(Files.readAllBytes(directory.resolve("data/sample"))).isEqualTo(rig.sample.content());
    }

    @Test
    void aCompleteDownloadSeedsAtOnceAndNeverAnnouncesCompleted() throws IOException {
        Files.createDirectories(directory.resolve("data"));
        Files.write(directory.resolve("data/sample"), rig.sample.content());
        rig.tracker("http://tracker.invalid/announce");
        ActorRef<Torrent.Command> torrent = rig.start();

        assertThat(rig.event(TorrentEvent.Finished.class).wasComplete()).isTrue();
        assertThat(rig.announces.receiveMessage().getRawQuery())
                .contains("event=started")
                .contains("left=0");
        rig.isKnownToItsTracker(torrent);
        stop(torrent);

        assertThat(rig.announces.receiveMessage().getRawQuery()).contains("event=stopped");
        rig.announces.expectNoMessage();
    }

    @Test
    void servesWhatItHasToAStrangerThatIsInterested() throws IOException {
        Files.createDirectories(directory.resolve("data"));
        Files.write(directory.resolve("data/sample"), rig.sample.content());
        ScriptedWire peer = rig.peer(1);
        rig.start(1);
        rig.greets(peer, 1, Bitfield.none(2));

        peer.expects(PeerMessage.BitfieldBytes.of(Bitfield.all(2)));
        peer.sends(Signal.INTERESTED);
        peer.expects(Signal.UNCHOKE);
        peer.sends(new PeerMessage.Request(LAST));

        peer.expects(new PeerMessage.Piece(rig.block(LAST)));
    }

    @Test
    void aFullDiskPausesTheTorrentWithAReasonAndItGoesOnWhenResumed() {
        AtomicBoolean full = new AtomicBoolean(true);
        rig.files(new WrappedFileStore() {
            @Override
            protected void before(String operation, Path path) throws IOException {
                if (operation.equals("write") && full.get()) {
                    throw new IOException("No space left on device");
                }
            }
        });
        ScriptedWire peer = rig.peer(1);
        ActorRef<Torrent.Command> torrent = rig.start(1);
        rig.greets(peer, 1, Bitfield.all(2));
        peer.expects(Signal.INTERESTED);
        rig.serves(peer, FIRST);
        rig.serves(peer, SECOND);

        rig.reaches(TorrentState.PAUSED);
        Problem problem = rig.event(TorrentEvent.ProblemRaised.class).problem();
        assertThat(problem).isInstanceOf(Problem.DiskFull.class);
        assertThat(problem.describe()).startsWith("disk full on ");
        assertThat(status(torrent).problem()).contains(problem);
        assertThat(status(torrent).have()).isZero();

        full.set(false);
        ScriptedWire again = rig.peer(1);
        torrent.tell(Torrent.Resume.INSTANCE);
        rig.greets(again, 1, Bitfield.all(2));
        rig.serves(again, FIRST);
        rig.serves(again, SECOND);
        rig.serves(again, LAST);
        rig.reaches(TorrentState.SEEDING);
    }

    @Test
    void anUnusableDirectoryIsToldBeforeAnybodyIsDialled() throws IOException {
        Files.writeString(directory.resolve("data"), "a file where the directory must be");
        ScriptedWire peer = rig.peer(1);
        rig.start(1);

        assertThat(rig.event(TorrentEvent.ProblemRaised.class).problem()).isInstanceOf(Problem.DiskFault.class);
        peer.expectsNothing();
    }

    @Test
    void anOrderlyStopLetsTheNextRunTrustWhatIsStored() {
        ScriptedWire peer = rig.peer(1);
        ActorRef<Torrent.Command> torrent = rig.start(1);
        rig.greets(peer, 1, Bitfield.all(2));
        peer.expects(Signal.INTERESTED);
        rig.serves(peer, FIRST);
        rig.serves(peer, SECOND);
        while (!(peer.next() instanceof PeerMessage.Have)) {
            // its requests pass by
        }
        stop(torrent);

        TorrentRig second = new TorrentRig(kit, rig.sample, directory);
        ScriptedWire other = second.peer(2);
        ActorRef<Torrent.Command> again = second.start(2);
        second.greets(other, 2, Bitfield.all(2));
        assertThat(other.next()).isInstanceOf(PeerMessage.BitfieldBytes.class);
        other.expects(Signal.INTERESTED, new PeerMessage.Request(LAST));
        assertThat(status(again).have()).isEqualTo(PIECE);
    }

    @Test
    void whilePausedNobodyIsLetInAndTheUserCanGoOn() {
        ActorRef<Torrent.Command> torrent = rig.start();
        rig.reaches(TorrentState.DOWNLOADING);
        torrent.tell(Torrent.Pause.INSTANCE);
        rig.reaches(TorrentState.PAUSED);

        TestProbe<PeerConnection.Command> stranger = kit.probe();
        torrent.tell(new Torrent.Welcome(stranger.ref(), TorrentRig.address(9)));
        stranger.expectMessageClass(PeerConnection.Disconnect.class);
        torrent.tell(Torrent.Resume.INSTANCE);

        rig.reaches(TorrentState.DOWNLOADING);
        torrent.tell(new Torrent.Welcome(stranger.ref(), TorrentRig.address(9)));
        stranger.expectMessageClass(PeerConnection.Enter.class);
    }

    private TorrentStatus status(ActorRef<Torrent.Command> torrent) {
        TestProbe<TorrentStatus> probe = kit.probe();
        torrent.tell(new Torrent.GetStatus(4, probe.ref()));
        return probe.receiveMessage();
    }

    private void stop(ActorRef<Torrent.Command> torrent) {
        TestProbe<Torrent.Stopped> probe = kit.probe();
        torrent.tell(new Torrent.Stop(probe.ref()));
        probe.expectMessage(Torrent.Stopped.INSTANCE);
    }
}
