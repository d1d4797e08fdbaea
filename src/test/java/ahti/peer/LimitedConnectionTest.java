package ahti.peer;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.ActorKit;
import ahti.core.Bitfield;
import ahti.core.BlockRef;
import ahti.disk.DiskWriter;
import ahti.limit.Allotter;
import ahti.limit.Flow;
import ahti.picker.PiecePicker;
import ahti.wire.PeerMessage;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A connection that may not go as fast as it can. */
class LimitedConnectionTest {
    private static final int BLOCK = 16_384;
    private static final int FRAME = BLOCK + 13;

    @RegisterExtension
    final ActorKit kit = new ActorKit();

    private ActorRef<PeerConnection.Command> open(PeerRig rig, Bitfield stored, Flow flow) {
        ActorRef<PeerConnection.Command> peer = rig.open(stored);
        Allotter.Join join = rig.allotter.expectMessageClass(Allotter.Join.class);
        assertThat(join.torrent()).isEqualTo(PeerRig.TORRENT);
        join.member().tell(new Allotter.Terms(flow, true));
        pay = join.member();
        return peer;
    }

    private ActorRef<Allotter.Notice> pay;

    @Test
    void nothingIsSaidWhileNothingIsLimited() {
        PeerRig rig = new PeerRig(kit);
        rig.open(Bitfield.none(4));
        rig.allotter.expectMessageClass(Allotter.Join.class);
        rig.sends(new PeerMessage.Have(1));
        rig.picker.expectMessageClass(PiecePicker.Gain.class);
        rig.allotter.expectNoMessage(Duration.ofMillis(50));
    }

    @Test
    void theAllotterSeesItsEnd() {
        PeerRig rig = new PeerRig(kit);
        rig.open(Bitfield.none(4));
        Allotter.Join join = rig.allotter.expectMessageClass(Allotter.Join.class);
        rig.hangsUp();
        rig.left();
        kit.probe().expectTerminated(join.member());
    }

    @Test
    void whatComesIsReadOnlyWhenItIsPaidFor() {
        PeerRig rig = new PeerRig(kit);
        open(rig, Bitfield.none(4), Flow.DOWN);
        rig.sends(PeerMessage.Signal.UNCHOKE);
        // However much it could take: nobody knows yet what the limit leaves to this one.
        assertThat(rig.picker.expectMessageClass(PiecePicker.Window.class).blocks())
                .isEqualTo(2);
        assertThat(rig.allotter.expectMessageClass(Allotter.Moved.class).down()).isEqualTo(5);
        rig.pickerSays(new PiecePicker.Fetch(List.of(PeerRig.b(0, 0), PeerRig.b(0, 1))));
        rig.expects(new PeerMessage.Request(PeerRig.b(0, 0)), new PeerMessage.Request(PeerRig.b(0, 1)));
        rig.sendsBlock(PeerRig.b(0, 0));
        assertThat(delivered(rig)).containsExactly(PeerRig.b(0, 0));
        assertThat(rig.allotter.expectMessageClass(Allotter.Moved.class).down()).isEqualTo(FRAME);
        rig.sendsBlock(PeerRig.b(0, 1));
        rig.picker.expectNoMessage(Duration.ofMillis(50));
        pay.tell(new Allotter.Paid(Flow.DOWN, FRAME, 1000));
        assertThat(delivered(rig)).containsExactly(PeerRig.b(0, 1));
    }

    private static List<BlockRef> delivered(PeerRig rig) {
        while (true) {
            if (rig.picker.receiveMessage() instanceof PiecePicker.Deliver deliver) {
                return deliver.blocks().stream().map(ahti.core.Block::ref).toList();
            }
        }
    }

    @Test
    void blocksWaitUntilTheyArePaidForAndWordsDoNot() {
        PeerRig rig = new PeerRig(kit);
        Bitfield stored = Bitfield.fromWire(new byte[] {(byte) 0x80}, 4);
        ActorRef<PeerConnection.Command> peer = open(rig, stored, Flow.UP);
        rig.expects(PeerMessage.BitfieldBytes.of(stored));
        peer.tell(new PeerConnection.SetChoke(false));
        rig.expects(PeerMessage.Signal.UNCHOKE);
        assertThat(rig.allotter.expectMessageClass(Allotter.Serve.class).serves())
                .isTrue();
        rig.sends(new PeerMessage.Request(PeerRig.b(0, 0)), new PeerMessage.Request(PeerRig.b(0, 1)));
        DiskWriter.Read read = rig.disk.expectMessageClass(DiskWriter.Read.class);
        read.replyTo()
                .tell(new DiskWriter.BlocksRead(
                        List.of(PeerRig.block(PeerRig.b(0, 0)), PeerRig.block(PeerRig.b(0, 1)))));
        rig.expects(new PeerMessage.Piece(PeerRig.block(PeerRig.b(0, 0))));
        assertThat(rig.allotter.expectMessageClass(Allotter.Moved.class).up()).isEqualTo(FRAME);
        peer.tell(new PeerConnection.Announce(3));
        rig.expects(new PeerMessage.Have(3));
        rig.expectsNothing();
        pay.tell(new Allotter.Paid(Flow.UP, FRAME, 1000));
        rig.expects(new PeerMessage.Piece(PeerRig.block(PeerRig.b(0, 1))));
    }

    @Test
    void readsAheadNoMoreThanItsPartOfTheMemory() {
        PeerRig rig = new PeerRig(kit);
        Bitfield stored = Bitfield.all(4);
        ActorRef<PeerConnection.Command> peer = rig.open(stored);
        Allotter.Join join = rig.allotter.expectMessageClass(Allotter.Join.class);
        rig.expects(PeerMessage.BitfieldBytes.of(stored));
        peer.tell(new PeerConnection.SetChoke(false));
        rig.expects(PeerMessage.Signal.UNCHOKE);
        rig.allotter.expectMessageClass(Allotter.Serve.class);

        join.member().tell(new Allotter.Stock(2 * BlockRef.MAX_LENGTH));
        rig.sends(
                new PeerMessage.Request(PeerRig.b(0, 0)),
                new PeerMessage.Request(PeerRig.b(0, 1)),
                new PeerMessage.Request(PeerRig.b(1, 0)));

        assertThat(rig.disk.expectMessageClass(DiskWriter.Read.class).blocks())
                .containsExactly(PeerRig.b(0, 0), PeerRig.b(0, 1));
        peer.tell(new PeerConnection.SetChoke(true));
        assertThat(rig.allotter.expectMessageClass(Allotter.Serve.class).serves())
                .isFalse();
    }

    @Test
    void whoeverIsNotListenedToIsNotSilent() {
        PeerRig rig = new PeerRig(kit);
        open(rig, Bitfield.none(4), Flow.DOWN);
        rig.sends(PeerMessage.Signal.UNCHOKE);
        rig.picker.expectMessageClass(PiecePicker.Window.class);
        rig.pickerSays(new PiecePicker.Fetch(List.of(PeerRig.b(0, 0))));
        rig.expects(new PeerMessage.Request(PeerRig.b(0, 0)));
        rig.sendsBlock(PeerRig.b(0, 0));
        delivered(rig);
        for (int second = 0; second < 200; second++) {
            kit.pass(Duration.ofSeconds(1));
        }
        rig.sendsBlock(PeerRig.b(0, 0));
        pay.tell(new Allotter.Terms(Flow.DOWN, false));
        assertThat(delivered(rig)).isNotEmpty();
    }
}
