package ahti.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.ActorKit;
import ahti.ScriptedWire;
import ahti.core.Bitfield;
import ahti.core.BlockRef;
import ahti.disk.SampleTorrent;
import ahti.disk.SampleTorrent.Part;
import ahti.disk.WrappedFileStore;
import ahti.metainfo.FilePriority;
import ahti.metainfo.FileSelection;
import ahti.wire.PeerMessage;
import ahti.wire.PeerMessage.Signal;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Other files are wanted while a torrent runs. */
class TorrentSelectTest {
    private static final int PIECE = 16_384;
    private static final int A = 0;
    private static final int B = 1;
    private static final int C = 2;

    @RegisterExtension
    final ActorKit kit = new ActorKit();

    @TempDir
    Path directory;

    private TorrentRig rig;
    private TestProbe<Torrent.SelectReply> replies;

    /** Pieces: a in 0, a and b in 1, b and c in 2, c in 3. */
    @BeforeEach
    void rig() {
        rig = new TorrentRig(
                kit,
                SampleTorrent.of(
                        PIECE,
                        Part.file("sample/a", 20_000),
                        Part.file("sample/b", 20_000),
                        Part.file("sample/c", 20_000)),
                directory);
        replies = kit.probe();
    }

    private static BlockRef piece(int index) {
        return new BlockRef(index, 0, index == 3 ? 60_000 - 3 * PIECE : PIECE);
    }

    private static PeerMessage request(int piece) {
        return new PeerMessage.Request(piece(piece));
    }

    private void serves(ScriptedWire peer, int... pieces) {
        for (int piece : pieces) {
            rig.serves(peer, piece(piece));
        }
    }

    private void select(ActorRef<Torrent.Command> torrent, FileSelection files) {
        torrent.tell(new Torrent.Select(files, replies.ref()));
        replies.expectMessage(new Torrent.Selected(files));
    }

    private byte[] file(String name) throws IOException {
        return Files.readAllBytes(directory.resolve("data/sample/" + name));
    }

    private byte[] content(int file) {
        return rig.sample.bytes().slice(20_000 * file, 20_000 * (file + 1)).toArray();
    }

    private List<String> visible() throws IOException {
        try (var files = Files.walk(directory.resolve("data"))) {
            return files.filter(Files::isRegularFile)
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private Path part() {
        return directory.resolve("state/" + rig.sample.metainfo().infoHash().hex() + ".part");
    }

    @Test
    void whatIsWantedLaterTakesItsShareFromThePartFileAndOnlyTheRestIsFetched() throws IOException {
        rig.choose(FileSelection.only(List.of(A)));
        ScriptedWire peer = rig.peer(1);
        ActorRef<Torrent.Command> torrent = rig.start(1);
        rig.greets(peer, 1, Bitfield.all(4));
        peer.expects(Signal.INTERESTED, request(0), request(1));
        serves(peer, 0, 1);
        rig.reaches(TorrentState.SEEDING);
        assertThat(visible()).containsExactly("a");
        assertThat(part()).exists();

        peer.expectsInAnyOrder(new PeerMessage.Have(0), new PeerMessage.Have(1), Signal.NOT_INTERESTED);
        select(torrent, FileSelection.only(List.of(A, B)));

        rig.reaches(TorrentState.DOWNLOADING);
        peer.expects(Signal.INTERESTED, request(2));
        serves(peer, 2);
        rig.reaches(TorrentState.SEEDING);
        assertThat(rig.event(TorrentEvent.Finished.class).wasComplete()).isFalse();
        assertThat(file("a")).isEqualTo(content(A));
        assertThat(file("b")).isEqualTo(content(B));
        assertThat(visible()).containsExactly("a", "b");
        peer.expectsInAnyOrder(new PeerMessage.Have(2), Signal.NOT_INTERESTED);

        peer.sends(Signal.INTERESTED);
        kit.pass(java.time.Duration.ofSeconds(11));
        peer.expects(Signal.UNCHOKE);
        peer.sends(request(2));
        peer.expects(new PeerMessage.Piece(rig.block(piece(2))));
    }

    @Test
    void whatIsNotWantedAnyMoreIsNotFetchedAndNothingStoredIsGivenUp() throws IOException {
        ScriptedWire peer = rig.peer(1);
        ActorRef<Torrent.Command> torrent = rig.start(1);
        rig.greets(peer, 1, Bitfield.all(4));
        peer.expects(Signal.INTERESTED, request(0), request(1), request(2), request(3));
        serves(peer, 0);
        peer.expects(new PeerMessage.Have(0));

        select(torrent, FileSelection.only(List.of(C)));

        peer.expects(new PeerMessage.Cancel(piece(1)));
        serves(peer, 2, 3);
        rig.reaches(TorrentState.SEEDING);
        assertThat(file("c")).isEqualTo(content(C));
        assertThat(file("a")).startsWith(rig.sample.bytes().slice(0, PIECE).toArray());
        assertThat(visible()).containsExactly("a", "c");
        TorrentStatus status = status(torrent);
        assertThat(status.have()).isEqualTo(20_000).isEqualTo(status.wanted());
    }

    @Test
    void aPieceBeingHashedWhileItsFileIsDroppedDoesNotStandInTheWayLater() {
        rig.holdVerdicts();
        ScriptedWire peer = rig.peer(1);
        ActorRef<Torrent.Command> torrent = rig.start(1);
        rig.greets(peer, 1, Bitfield.all(4));
        peer.expects(Signal.INTERESTED, request(0), request(1), request(2), request(3));
        serves(peer, 0);
        Runnable verdict = rig.heldVerdict();

        select(torrent, FileSelection.all().with(List.of(A, B, C), FilePriority.OFF));
        peer.expects(
                Signal.NOT_INTERESTED,
                new PeerMessage.Cancel(piece(1)),
                new PeerMessage.Cancel(piece(2)),
                new PeerMessage.Cancel(piece(3)));
        verdict.run();
        rig.reaches(TorrentState.SEEDING);

        select(torrent, FileSelection.all());
        rig.reaches(TorrentState.DOWNLOADING);
        assertThat(status(torrent).have()).isEqualTo(PIECE);
    }

    @Test
    void whatCannotBeWrittenIsRefusedAndEverythingGoesOn() throws IOException {
        AtomicBoolean full = new AtomicBoolean();
        rig.files(new WrappedFileStore() {
            @Override
            protected void before(String operation, Path path) throws IOException {
                if (full.get() && path.endsWith("sample/b")) {
                    throw new FileSystemException(path.toString(), null, "No space left on device");
                }
            }
        });
        rig.choose(FileSelection.only(List.of(A)));
        ScriptedWire peer = rig.peer(1);
        ActorRef<Torrent.Command> torrent = rig.start(1);
        rig.greets(peer, 1, Bitfield.all(4));
        peer.expects(Signal.INTERESTED, request(0), request(1));
        serves(peer, 1);
        peer.expects(new PeerMessage.Have(1));

        full.set(true);
        torrent.tell(new Torrent.Select(FileSelection.all(), replies.ref()));

        Torrent.NotSelected not = replies.expectMessageClass(Torrent.NotSelected.class);
        assertThat(not.refusal()).isInstanceOf(SelectRefusal.Disk.class);
        assertThat(not.refusal().describe()).contains("sample/b");
        serves(peer, 0);
        rig.reaches(TorrentState.SEEDING);
        assertThat(visible()).containsExactly("a");
    }

    @Test
    void filesThatAreNotThereAreRefusedInEveryPhase() {
        ActorRef<Torrent.Command> torrent = rig.start();
        FileSelection wrong = FileSelection.only(List.of(3));
        torrent.tell(new Torrent.Select(wrong, replies.ref()));
        replies.expectMessage(new Torrent.NotSelected(new SelectRefusal.NoSuchFile(3, 3)));
        rig.reaches(TorrentState.DOWNLOADING);
        torrent.tell(new Torrent.Select(wrong, replies.ref()));
        replies.expectMessage(new Torrent.NotSelected(new SelectRefusal.NoSuchFile(3, 3)));
        torrent.tell(Torrent.Pause.INSTANCE);
        torrent.tell(new Torrent.Select(wrong, replies.ref()));
        replies.expectMessage(new Torrent.NotSelected(new SelectRefusal.NoSuchFile(3, 3)));
    }

    @Test
    void whatIsChosenAtRestHoldsFromTheResumption() {
        ActorRef<Torrent.Command> torrent = rig.start();
        rig.reaches(TorrentState.DOWNLOADING);
        torrent.tell(Torrent.Pause.INSTANCE);
        rig.reaches(TorrentState.PAUSED);
        select(torrent, FileSelection.only(List.of(B)));
        assertThat(status(torrent).wanted()).isEqualTo(20_000);
        ScriptedWire peer = rig.peer(1);
        torrent.tell(new Torrent.AddPeers(List.of(TorrentRig.address(1))));

        torrent.tell(Torrent.Resume.INSTANCE);

        rig.greets(peer, 1, Bitfield.all(4));
        peer.expects(Signal.INTERESTED, request(1), request(2));
        peer.expectsNothing();
    }

    @Test
    void anUrgentFileGoesFirst() {
        rig.choose(FileSelection.all().with(C, FilePriority.HIGH));
        ScriptedWire peer = rig.peer(1);
        rig.start(1);
        rig.greets(peer, 1, Bitfield.all(4));

        peer.expects(Signal.INTERESTED, request(2), request(3), request(0), request(1));
    }

    private TorrentStatus status(ActorRef<Torrent.Command> torrent) {
        TestProbe<TorrentStatus> probe = kit.probe();
        torrent.tell(new Torrent.GetStatus(0, probe.ref()));
        return probe.receiveMessage();
    }
}
