package ahti.peer;

import static ahti.peer.PeerRig.b;
import static org.assertj.core.api.Assertions.assertThat;

import ahti.ActorKit;
import ahti.core.Bitfield;
import ahti.core.BlockRef;
import ahti.core.InfoHash;
import ahti.core.PieceSet;
import ahti.disk.DiskWriter;
import ahti.peer.PeerConnection.Parting;
import ahti.picker.PiecePicker;
import ahti.wire.Handshake;
import ahti.wire.PeerMessage;
import ahti.wire.PeerMessage.Signal;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Protocol sequences: what a peer sends on one side, what picker, disk and torrent hear on the other. */
class PeerConnectionTest {
    private static final Bitfield NOTHING = Bitfield.none(4);
    private static final Bitfield EVERYTHING = Bitfield.all(4);

    @RegisterExtension
    final ActorKit kit = new ActorKit();

    private PeerRig rig;

    @BeforeEach
    void rig() {
        rig = new PeerRig(kit);
    }

    @Test
    void theDiallerSpeaksFirstAndIsGreeted() {
        rig.dial(NOTHING);

        rig.expectsHandshake();
        rig.sendsHandshake();

        rig.picker.expectMessageClass(PiecePicker.Join.class);
        PeerConnection.Greeted greeted = rig.owner.expectMessageClass(PeerConnection.Greeted.class);
        assertThat(greeted.theirs()).isEqualTo(PeerRig.THEIRS);
        assertThat(greeted.incoming()).isFalse();
    }

    @Test
    void aStrangerIsAnsweredOnlyWhenItMayEnterEvenBeforeItsPeerIdIsHere() {
        ActorRef<PeerConnection.Command> peer = rig.accept();
        ByteString handshake = Handshake.encode(PeerRig.TORRENT, PeerRig.THEIRS);

        rig.sends(handshake.take(48));
        assertThat(rig.owner.expectMessageClass(PeerConnection.Arrived.class).infoHash())
                .isEqualTo(PeerRig.TORRENT);
        rig.expectsNothing();
        peer.tell(new PeerConnection.Enter(rig.setup(EVERYTHING)));
        rig.expectsHandshake();
        rig.sends(handshake.drop(48));

        assertThat(rig.owner.expectMessageClass(PeerConnection.Greeted.class).incoming())
                .isTrue();
        rig.expects(PeerMessage.BitfieldBytes.of(EVERYTHING));
    }

    @Test
    void aStrangerThatSpeaksAnotherProtocolIsDroppedWithoutAWord() {
        ActorRef<PeerConnection.Command> peer = rig.accept();

        rig.sends(ByteString.fromString("GET / HTTP/1.1\r\n\r\n"));

        rig.owner.expectTerminated(peer);
        rig.expectsNothing();
    }

    @Test
    void aStrangerThatDawdlesIsDropped() {
        ActorRef<PeerConnection.Command> peer = rig.accept();
        rig.sends(Handshake.encode(PeerRig.TORRENT, PeerRig.THEIRS).take(20));

        kit.pass(Duration.ofSeconds(11));

        rig.owner.expectTerminated(peer);
    }

    @Test
    void aHandshakeForAnotherTorrentBreaksARule() {
        rig.dial(NOTHING);
        rig.expectsHandshake();

        rig.sends(Handshake.encode(InfoHash.parse("00".repeat(20)), PeerRig.THEIRS));

        assertThat(rig.left().parting()).isEqualTo(Parting.BROKE_RULE);
    }

    @Test
    void ourselvesAreRecognised() {
        rig.dial(NOTHING);
        rig.expectsHandshake();

        rig.sends(Handshake.encode(PeerRig.TORRENT, PeerRig.OURS));

        assertThat(rig.left().parting()).isEqualTo(Parting.SELF);
    }

    @Test
    void whatCameWithTheHandshakeIsNotLost() {
        rig.dial(NOTHING);
        rig.expectsHandshake();

        rig.sends(Handshake.encode(PeerRig.TORRENT, PeerRig.THEIRS)
                .concat(ahti.wire.FrameEncoder.encode(List.of(PeerMessage.BitfieldBytes.of(EVERYTHING)))));

        rig.picker.expectMessageClass(PiecePicker.Join.class);
        rig.picker.expectMessage(new PiecePicker.Offer(PeerRig.ID, EVERYTHING));
    }

    @Test
    void asksForWhatThePickerAssignsOnceUnchoked() {
        rig.open(NOTHING);
        rig.sends(PeerMessage.BitfieldBytes.of(EVERYTHING));
        rig.picker.expectMessage(new PiecePicker.Offer(PeerRig.ID, EVERYTHING));
        rig.pickerSays(new PiecePicker.Interest(true));
        rig.expects(Signal.INTERESTED);

        rig.sends(Signal.UNCHOKE);
        rig.picker.expectMessage(new PiecePicker.Window(PeerRig.ID, 4, 0));
        rig.pickerSays(new PiecePicker.Fetch(List.of(b(2, 0), b(2, 1))));

        rig.expects(new PeerMessage.Request(b(2, 0)), new PeerMessage.Request(b(2, 1)));
    }

    @Test
    void blocksOfOneReadReachThePickerAsOneListAndTheWindowGrows() {
        openAndUnchoked();
        rig.pickerSays(new PiecePicker.Fetch(List.of(b(0, 0), b(0, 1))));
        rig.expects(new PeerMessage.Request(b(0, 0)), new PeerMessage.Request(b(0, 1)));

        rig.sends(new PeerMessage.Piece(PeerRig.block(b(0, 0))), new PeerMessage.Piece(PeerRig.block(b(0, 1))));

        assertThat(rig.picker.expectMessageClass(PiecePicker.Window.class).blocks())
                .isEqualTo(6);
        assertThat(rig.picker.expectMessageClass(PiecePicker.Deliver.class).blocks())
                .extracting(ahti.core.Block::ref)
                .containsExactly(b(0, 0), b(0, 1));
    }

    @Test
    void aChokeClosesTheWindowAndReturnsWhatIsOwed() {
        openAndUnchoked();
        rig.pickerSays(new PiecePicker.Fetch(List.of(b(0, 0), b(0, 1))));
        rig.expects(new PeerMessage.Request(b(0, 0)), new PeerMessage.Request(b(0, 1)));

        rig.sends(Signal.CHOKE);

        rig.picker.expectMessage(new PiecePicker.Window(PeerRig.ID, 0, 0));
        rig.picker.expectMessage(new PiecePicker.Return(PeerRig.ID, List.of(b(0, 0), b(0, 1))));
    }

    @Test
    void blocksAssignedWhileTheChokeWasOnItsWayGoStraightBack() {
        openAndUnchoked();
        rig.sends(Signal.CHOKE);
        rig.picker.expectMessageClass(PiecePicker.Window.class);

        rig.pickerSays(new PiecePicker.Fetch(List.of(b(1, 0))));

        rig.picker.expectMessage(new PiecePicker.Return(PeerRig.ID, List.of(b(1, 0))));
        rig.expectsNothing();
    }

    @Test
    void requestsThatAreNotAnsweredInTimeAreCancelledAndReturned() {
        openAndUnchoked();
        rig.pickerSays(new PiecePicker.Fetch(List.of(b(0, 0))));
        rig.expects(new PeerMessage.Request(b(0, 0)));

        kit.pass(Duration.ofSeconds(61));

        rig.picker.expectMessage(new PiecePicker.Stalls(PeerRig.ID));
        rig.picker.expectMessage(new PiecePicker.Window(PeerRig.ID, 1, 0));
        rig.picker.expectMessage(new PiecePicker.Return(PeerRig.ID, List.of(b(0, 0))));
        rig.expects(new PeerMessage.Cancel(b(0, 0)));
    }

    @Test
    void aBlockThatAnotherDeliveredFirstIsCancelled() {
        openAndUnchoked();
        rig.pickerSays(new PiecePicker.Fetch(List.of(b(0, 0))));
        rig.expects(new PeerMessage.Request(b(0, 0)));

        rig.pickerSays(new PiecePicker.Cancel(List.of(b(0, 0))));

        rig.expects(new PeerMessage.Cancel(b(0, 0)));
    }

    @Test
    void servesAnUnchokedPeerFromTheDisk() {
        ActorRef<PeerConnection.Command> peer = rig.open(EVERYTHING);
        rig.expects(PeerMessage.BitfieldBytes.of(EVERYTHING));
        rig.sends(Signal.INTERESTED);
        rig.sampleWhere(PeerSample::peerInterested);
        peer.tell(new PeerConnection.SetChoke(false));
        rig.expects(Signal.UNCHOKE);

        rig.sends(new PeerMessage.Request(b(1, 0)), new PeerMessage.Request(b(1, 1)));
        DiskWriter.Read read = rig.disk.expectMessageClass(DiskWriter.Read.class);
        assertThat(read.blocks()).containsExactly(b(1, 0), b(1, 1));
        read.replyTo().tell(new DiskWriter.BlocksRead(List.of(PeerRig.block(b(1, 0)), PeerRig.block(b(1, 1)))));

        rig.expects(new PeerMessage.Piece(PeerRig.block(b(1, 0))), new PeerMessage.Piece(PeerRig.block(b(1, 1))));
    }

    @Test
    void neverServesWhileChokingNorWhatIsNotStored() {
        PieceSet first = new PieceSet(4);
        first.add(0);
        ActorRef<PeerConnection.Command> peer = rig.open(first.toBitfield());
        rig.expects(PeerMessage.BitfieldBytes.of(first.toBitfield()));

        rig.sends(new PeerMessage.Request(b(0, 0)));
        rig.disk.expectNoMessage();
        peer.tell(new PeerConnection.SetChoke(false));
        rig.expects(Signal.UNCHOKE);
        rig.sends(new PeerMessage.Request(b(1, 0)), new PeerMessage.Request(b(0, 1)));

        assertThat(rig.disk.expectMessageClass(DiskWriter.Read.class).blocks()).containsExactly(b(0, 1));
    }

    @Test
    void aChokeVoidsWhatThePeerAskedFor() {
        ActorRef<PeerConnection.Command> peer = rig.open(EVERYTHING);
        rig.expects(PeerMessage.BitfieldBytes.of(EVERYTHING));
        peer.tell(new PeerConnection.SetChoke(false));
        rig.expects(Signal.UNCHOKE);
        rig.sends(new PeerMessage.Request(b(1, 0)));
        DiskWriter.Read read = rig.disk.expectMessageClass(DiskWriter.Read.class);

        peer.tell(new PeerConnection.SetChoke(true));
        rig.expects(Signal.CHOKE);
        read.replyTo().tell(new DiskWriter.BlocksRead(List.of(PeerRig.block(b(1, 0)))));

        rig.expectsNothing();
    }

    @Test
    void readsAheadNoMoreThanTheUploadBuffer() {
        ActorRef<PeerConnection.Command> peer = rig.open(EVERYTHING);
        rig.expects(PeerMessage.BitfieldBytes.of(EVERYTHING));
        peer.tell(new PeerConnection.SetChoke(false));
        rig.expects(Signal.UNCHOKE);

        rig.sends(
                new PeerMessage.Request(b(0, 0)),
                new PeerMessage.Request(b(0, 1)),
                new PeerMessage.Request(b(1, 0)),
                new PeerMessage.Request(b(1, 1)),
                new PeerMessage.Request(b(2, 0)),
                new PeerMessage.Request(b(2, 1)));

        // 64 KiB of buffer are four blocks; a queue of five leaves the sixth request unheard.
        assertThat(rig.disk.expectMessageClass(DiskWriter.Read.class).blocks()).hasSize(4);
        rig.disk.expectNoMessage();
    }

    @Test
    void aPieceStoredIsAnnounced() {
        ActorRef<PeerConnection.Command> peer = rig.open(NOTHING);

        peer.tell(new PeerConnection.Announce(3));

        rig.expects(new PeerMessage.Have(3));
    }

    @Test
    void whatIsRevealedIsAnnouncedAndServedAndNothingElse() {
        ActorRef<PeerConnection.Command> peer = rig.open(NOTHING);
        peer.tell(new PeerConnection.SetChoke(false));
        peer.tell(new PeerConnection.Announce(1));
        rig.expects(Signal.UNCHOKE, new PeerMessage.Have(1));
        rig.sends(new PeerMessage.Request(b(0, 0)), new PeerMessage.Request(b(1, 0)));
        assertThat(rig.disk.expectMessageClass(DiskWriter.Read.class).blocks()).containsExactly(b(1, 0));

        peer.tell(new PeerConnection.Reveal(EVERYTHING));

        rig.expects(new PeerMessage.Have(0), new PeerMessage.Have(2), new PeerMessage.Have(3));
        rig.sends(new PeerMessage.Request(b(0, 0)));
        assertThat(rig.disk.expectMessageClass(DiskWriter.Read.class).blocks()).containsExactly(b(0, 0));
    }

    @Test
    void whoAsksIsToldWhichPiecesThePeerHas() {
        ActorRef<PeerConnection.Command> peer = rig.open(NOTHING);
        rig.sends(new PeerMessage.Have(2));
        rig.picker.expectMessageClass(PiecePicker.Gain.class);

        peer.tell(PeerConnection.TellPieces.INSTANCE);
        assertThat(gained().pieces()).containsExactly(2);
        rig.sends(new PeerMessage.Have(0), new PeerMessage.Have(2));
        assertThat(gained().pieces()).containsExactly(0);
    }

    private PeerConnection.Gained gained() {
        while (true) {
            if (rig.owner.receiveMessage() instanceof PeerConnection.Gained gained) {
                return gained;
            }
        }
    }

    @Test
    void aPieceStoredDuringTheHandshakeIsInTheBitfield() {
        ActorRef<PeerConnection.Command> peer = rig.dial(NOTHING);
        rig.expectsHandshake();
        peer.tell(new PeerConnection.Announce(3));
        rig.sendsHandshake();

        PieceSet three = new PieceSet(4);
        three.add(3);
        rig.expects(PeerMessage.BitfieldBytes.of(three.toBitfield()));
    }

    @Test
    void impossibleRequestsHavesAndBitfieldsEndTheConnection() {
        assertViolation(new PeerMessage.Request(new BlockRef(3, 32_768, 1)), "impossible block 3:32768+1");
        assertViolation(new PeerMessage.Have(4), "names piece 4 of 4");
        assertViolation(new PeerMessage.BitfieldBytes(ByteString.fromInts(0xff)), "spare bits for 4 pieces");
        assertViolation(new PeerMessage.Piece(PeerRig.block(new BlockRef(0, 1, 16_384))), "impossible block 0:1+16384");
    }

    private void assertViolation(PeerMessage message, String text) {
        rig = new PeerRig(kit);
        rig.open(NOTHING);

        rig.sends(message);

        PeerConnection.Left left = rig.left();
        assertThat(left.parting()).isEqualTo(Parting.BROKE_RULE);
        assertThat(left.reason()).contains(text);
    }

    @Test
    void aLateBitfieldAddsToWhatThePeerHas() {
        PieceSet some = new PieceSet(4);
        some.add(0);
        some.add(2);
        rig.open(NOTHING);

        rig.sends(new PeerMessage.Have(0), PeerMessage.BitfieldBytes.of(some.toBitfield()));
        rig.sends(PeerMessage.BitfieldBytes.of(EVERYTHING), PeerMessage.BitfieldBytes.of(EVERYTHING));

        rig.picker.expectMessage(new PiecePicker.Gain(PeerRig.ID, List.of(0, 2)));
        rig.picker.expectMessage(new PiecePicker.Gain(PeerRig.ID, List.of(1, 3)));
        rig.picker.expectNoMessage();
    }

    @Test
    void keepsTheConnectionAliveAndGivesUpOnASilentPeer() {
        rig.open(NOTHING);

        kit.pass(Duration.ofSeconds(102));
        rig.expects(PeerMessage.KeepAlive.INSTANCE);
        kit.pass(Duration.ofSeconds(60));

        assertThat(rig.left().parting()).isEqualTo(Parting.SILENT);
    }

    @Test
    void thePeerHangingUpIsTold() {
        rig.open(NOTHING);

        rig.hangsUp();

        assertThat(rig.left().parting()).isEqualTo(Parting.CLOSED);
    }

    private void openAndUnchoked() {
        rig.open(NOTHING);
        rig.sends(Signal.UNCHOKE);
        rig.picker.expectMessageClass(PiecePicker.Window.class);
    }
}
