package ahti.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.ActorKit;
import ahti.ScriptedWire;
import ahti.core.Bitfield;
import ahti.core.BlockRef;
import ahti.disk.SampleTorrent;
import ahti.disk.SampleTorrent.Part;
import ahti.torrent.reading.ReadRefusal;
import ahti.torrent.reading.Reader;
import ahti.wire.PeerMessage;
import ahti.wire.PeerMessage.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Files that are read while they download. A piece is one block; a window is two pieces. */
class TorrentReadingTest {
    private static final int PIECE = BlockRef.MAX_LENGTH;
    private static final int PIECES = 40;
    /** So many blocks a peer is asked for before its rate is known: {@code ahti.peer.requests-first}. */
    private static final int REQUESTS = 16;

    @RegisterExtension
    final ActorKit kit = new ActorKit();

    @TempDir
    Path directory;

    private TorrentRig rig;

    @BeforeEach
    void rig() {
        rig = new TorrentRig(kit, SampleTorrent.of(PIECE, Part.file("sample", PIECES * PIECE)), directory);
        rig.settings(
                "ahti.read.ahead = " + 2 * PIECE,
                "ahti.read.max-readers = 2",
                "ahti.peer.requests-first = " + REQUESTS);
    }

    @Test
    void whatIsReadComesBeforeTheRest() {
        ScriptedWire peer = rig.peer(1);
        ActorRef<Torrent.Command> torrent = start();
        Stream stream = reads(torrent, 20L * PIECE + 100, 22L * PIECE);
        greets(peer, torrent);

        assertThat(requests(peer, REQUESTS)).startsWith(20, 21, 0, 1, 2);
        serves(peer, 20);
        assertThat(stream.next()).isEqualTo(bytes(20L * PIECE + 100, 21L * PIECE));
        serves(peer, 21);
        assertThat(stream.next()).isEqualTo(bytes(21L * PIECE, 22L * PIECE));
        stream.owner.expectMessage(Reader.Ended.INSTANCE);
        stream.owner.expectTerminated(stream.reader);
    }

    @Test
    void onDemandNothingComesWithoutAReaderAndNothingButItsWindowWithOne() {
        rig.onDemand();
        ScriptedWire peer = rig.peer(1);
        ActorRef<Torrent.Command> torrent = start();
        greets(peer, torrent);
        peer.expects(Signal.INTERESTED);
        peer.expectsNothing();

        Stream stream = reads(torrent, 0, (long) PIECES * PIECE);
        assertThat(requests(peer, 2)).containsExactly(0, 1);
        serves(peer, 0, 1);
        peer.expects(new PeerMessage.Have(0), new PeerMessage.Have(1));
        // Nobody took a byte: the window stays where it is.
        peer.expectsNothing();

        assertThat(stream.next()).isEqualTo(bytes(0, PIECE));
        assertThat(requests(peer, 1)).containsExactly(2);
        peer.expectsNothing();
    }

    @Test
    void anOwnerThatIsGoneReleasesItsWindow() {
        rig.settings("ahti.read.ahead = " + 30 * PIECE, "ahti.read.max-readers = 1");
        ScriptedWire peer = rig.peer(1);
        ActorRef<Torrent.Command> torrent = start();
        Stream stream = reads(torrent, 10L * PIECE, (long) PIECES * PIECE);
        greets(peer, torrent);
        assertThat(requests(peer, REQUESTS))
                .isEqualTo(IntStream.range(10, 10 + REQUESTS).boxed().toList());

        stream.owner.stop();
        awaitRoom(torrent);
        serves(peer, 10);

        assertThat(requests(peer, 1)).containsExactly(0);
    }

    @Test
    void severalReadersShareWhatComesAndASlowOneHoldsUpNoOther() {
        rig.onDemand();
        ScriptedWire peer = rig.peer(1);
        ActorRef<Torrent.Command> torrent = start();
        Stream slow = reads(torrent, 0, 9L * PIECE);
        Stream quick = reads(torrent, 10L * PIECE, 14L * PIECE);
        greets(peer, torrent);

        assertThat(requests(peer, 4)).containsExactly(0, 10, 1, 11);
        serves(peer, 0, 10, 1, 11);
        assertThat(quick.next()).isEqualTo(bytes(10L * PIECE, 11L * PIECE));
        assertThat(requests(peer, 1)).containsExactly(12);
        assertThat(quick.next()).isEqualTo(bytes(11L * PIECE, 12L * PIECE));
        assertThat(requests(peer, 1)).containsExactly(13);
        assertThat(slow.next()).isEqualTo(bytes(0, PIECE));
        assertThat(requests(peer, 1)).containsExactly(2);
    }

    @Test
    void moreReadersThanConfiguredAreRefusedUntilOneIsGone() {
        ActorRef<Torrent.Command> torrent = start();
        Stream first = reads(torrent, 0, 10);
        reads(torrent, 0, 10);
        assertThat(refusal(torrent, 0, 0, 10)).isEqualTo(new ReadRefusal.TooManyReaders(2));

        first.owner.stop();
        awaitRoom(torrent);

        reads(torrent, 0, 10);
    }

    @Test
    void whatCannotBeReadIsRefused() {
        rig = new TorrentRig(
                kit,
                SampleTorrent.of(PIECE, Part.file("a", 100), Part.pad(PIECE - 100), Part.file("b", 50)),
                directory);
        ActorRef<Torrent.Command> torrent = start();

        assertThat(refusal(torrent, 3, 0, 1)).isEqualTo(new ReadRefusal.NoSuchFile(3, 3));
        assertThat(refusal(torrent, -1, 0, 1)).isEqualTo(new ReadRefusal.NoSuchFile(-1, 3));
        assertThat(refusal(torrent, 1, 0, 1)).isEqualTo(new ReadRefusal.Padding(1));
        assertThat(refusal(torrent, 2, 0, 51)).isEqualTo(new ReadRefusal.OutOfRange(0, 51, 50));
        assertThat(refusal(torrent, 2, -1, 5)).isEqualTo(new ReadRefusal.OutOfRange(-1, 5, 50));
        assertThat(refusal(torrent, 2, 6, 5)).isEqualTo(new ReadRefusal.OutOfRange(6, 5, 50));
    }

    @Test
    void nothingIsReadAtOnce() {
        ActorRef<Torrent.Command> torrent = start();
        TestProbe<Reader.Reply> owner = kit.probe();
        torrent.tell(new Torrent.Read(0, 5, 5, owner.ref()));

        owner.expectMessageClass(Reader.Opened.class);
        owner.expectMessage(Reader.Ended.INSTANCE);
    }

    @Test
    void aCompleteTorrentJustReads() throws IOException {
        Files.createDirectories(directory.resolve("data"));
        Files.write(directory.resolve("data/sample"), rig.sample.content());
        ActorRef<Torrent.Command> torrent = rig.start();
        // Asked before it is known what is there.
        Stream stream = reads(torrent, 10, 3L * PIECE);

        assertThat(stream.next().concat(stream.next()).concat(stream.next())).isEqualTo(bytes(10, 3L * PIECE));
        stream.owner.expectMessage(Reader.Ended.INSTANCE);
    }

    @Test
    void aReaderWaitsThroughAPause() {
        ScriptedWire peer = rig.peer(1);
        ActorRef<Torrent.Command> torrent = start();
        Stream stream = reads(torrent, 20L * PIECE, 22L * PIECE);
        stream.reader.tell(Reader.Next.INSTANCE);
        torrent.tell(Torrent.Pause.INSTANCE);
        rig.reaches(TorrentState.PAUSED);

        torrent.tell(Torrent.Resume.INSTANCE);
        rig.reaches(TorrentState.DOWNLOADING);
        greets(peer, torrent);

        assertThat(requests(peer, REQUESTS)).startsWith(20, 21);
        serves(peer, 20);
        assertThat(stream.takes()).isEqualTo(bytes(20L * PIECE, 21L * PIECE));
    }

    @Test
    void aTorrentThatStopsTellsItsReadersAndTakesNoMore() {
        rig.tracker("http://tracker.example/announce");
        rig.holdGoodbyes();
        ActorRef<Torrent.Command> torrent = start();
        rig.isKnownToItsTracker(torrent);
        Stream stream = reads(torrent, 0, 10);
        TestProbe<Torrent.Stopped> stopped = kit.probe();
        torrent.tell(new Torrent.Stop(stopped.ref()));

        stream.owner.expectMessage(new Reader.Failed("the torrent stops"));
        assertThat(refusal(torrent, 0, 0, 10)).isEqualTo(new ReadRefusal.Stopping());
        rig.answerGoodbyes();
        stopped.expectMessage(Torrent.Stopped.INSTANCE);
    }

    @Test
    void storedBytesThatAreGoneFailTheReaderAndAreFetchedAgain() throws IOException {
        Files.createDirectories(directory.resolve("data"));
        Files.write(directory.resolve("data/sample"), rig.sample.content());
        ActorRef<Torrent.Command> torrent = rig.start();
        rig.reaches(TorrentState.SEEDING);
        Files.write(directory.resolve("data/sample"), new byte[10]);
        Stream stream = reads(torrent, 0, PIECE);

        stream.reader.tell(Reader.Next.INSTANCE);

        assertThat(stream.owner.expectMessageClass(Reader.Failed.class).why()).contains("changed by somebody else");
        rig.reaches(TorrentState.CHECKING);
        rig.reaches(TorrentState.DOWNLOADING);
    }

    private ActorRef<Torrent.Command> start() {
        ActorRef<Torrent.Command> torrent = rig.start();
        rig.reaches(TorrentState.DOWNLOADING);
        return torrent;
    }

    private void greets(ScriptedWire peer, ActorRef<Torrent.Command> torrent) {
        torrent.tell(new Torrent.AddPeers(List.of(TorrentRig.address(1))));
        rig.greets(peer, 1, Bitfield.all(PIECES));
    }

    /** Opens a reader of the first file; once it is here, its window is where it should be. */
    private Stream reads(ActorRef<Torrent.Command> torrent, long from, long to) {
        TestProbe<Reader.Reply> owner = kit.probe();
        torrent.tell(new Torrent.Read(0, from, to, owner.ref()));
        Stream stream =
                new Stream(owner, owner.expectMessageClass(Reader.Opened.class).reader());
        settles(torrent);
        return stream;
    }

    /** Whatever was told to the torrent before has reached its picker. */
    private void settles(ActorRef<Torrent.Command> torrent) {
        TestProbe<TorrentStatus> probe = kit.probe();
        torrent.tell(new Torrent.GetStatus(0, probe.ref()));
        probe.receiveMessage();
    }

    /** Waits until one more may read; for that it reads nothing, which moves no window. */
    private void awaitRoom(ActorRef<Torrent.Command> torrent) {
        TestProbe<Reader.Reply> owner = kit.probe();
        owner.awaitAssert(() -> {
            torrent.tell(new Torrent.Read(0, 5, 5, owner.ref()));
            owner.expectMessageClass(Reader.Opened.class);
            return owner.expectMessage(Reader.Ended.INSTANCE);
        });
        settles(torrent);
    }

    private ReadRefusal refusal(ActorRef<Torrent.Command> torrent, int file, long from, long to) {
        TestProbe<Reader.Reply> owner = kit.probe();
        torrent.tell(new Torrent.Read(file, from, to, owner.ref()));
        return owner.expectMessageClass(Reader.Refused.class).refusal();
    }

    /** The pieces of the next requests to a peer, in order. */
    private static List<Integer> requests(ScriptedWire peer, int count) {
        List<Integer> pieces = new ArrayList<>();
        while (pieces.size() < count) {
            if (peer.next() instanceof PeerMessage.Request request) {
                pieces.add(request.block().piece());
            }
        }
        return pieces;
    }

    private void serves(ScriptedWire peer, int... pieces) {
        for (int piece : pieces) {
            rig.serves(peer, new BlockRef(piece, 0, PIECE));
        }
    }

    private ByteString bytes(long from, long to) {
        return rig.sample.bytes().slice((int) from, (int) to);
    }

    /** A reader and its owner. */
    private record Stream(TestProbe<Reader.Reply> owner, ActorRef<Reader.Command> reader) {
        ByteString next() {
            reader.tell(Reader.Next.INSTANCE);
            return takes();
        }

        ByteString takes() {
            return owner.expectMessageClass(Reader.Bytes.class).bytes();
        }
    }
}
