package ahti.peer;

import static ahti.peer.PeerRig.b;
import static org.assertj.core.api.Assertions.assertThat;

import ahti.ActorKit;
import ahti.core.Bitfield;
import ahti.disk.DiskWriter;
import ahti.picker.PiecePicker;
import ahti.wire.PeerMessage;
import ahti.wire.PeerMessage.Signal;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of requests, blocks and words when much happens in one read, or the peer does not listen. */
class PeerFatesTest {
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
    void blocksThatThePeerHasNotTakenAreNoReasonNotToReadOn() {
        // Two that send to each other and both wait for the other to read would wait for ever.
        rig = new PeerRig(kit, true);
        ActorRef<PeerConnection.Command> peer = rig.open(EVERYTHING);
        peer.tell(new PeerConnection.SetChoke(false));
        rig.sends(
                new PeerMessage.Request(b(0, 0)),
                new PeerMessage.Request(b(0, 1)),
                new PeerMessage.Request(b(1, 0)),
                new PeerMessage.Request(b(1, 1)));
        DiskWriter.Read read = rig.disk.expectMessageClass(DiskWriter.Read.class);
        read.replyTo()
                .tell(new DiskWriter.BlocksRead(
                        read.blocks().stream().map(PeerRig::block).toList()));
        rig.picker.expectMessage(new PiecePicker.Begun(PeerRig.ID, 0));
        rig.picker.expectMessage(new PiecePicker.Begun(PeerRig.ID, 1));
        // Blocks and words together are more than the buffer; the words alone are not.
        for (int i = 0; i < 4_000; i++) {
            rig.pickerSays(new PiecePicker.Interest(i % 2 == 0));
        }
        rig.sends(Signal.UNCHOKE);
        rig.picker.expectMessageClass(PiecePicker.Window.class);

        rig.sends(new PeerMessage.Have(1));
        rig.sends(new PeerMessage.Have(2));

        rig.picker.expectMessage(new PiecePicker.Gain(PeerRig.ID, List.of(1)));
        rig.picker.expectMessage(new PiecePicker.Gain(PeerRig.ID, List.of(2)));
    }

    @Test
    void aBlockThatCameBeforeAChokeIsDeliveredAndNotReturned() {
        openAndUnchoked();
        rig.pickerSays(new PiecePicker.Fetch(List.of(b(0, 0), b(0, 1))));
        rig.expects(new PeerMessage.Request(b(0, 0)), new PeerMessage.Request(b(0, 1)));

        rig.sends(new PeerMessage.Piece(PeerRig.block(b(0, 0))), Signal.CHOKE);

        rig.picker.expectMessageClass(PiecePicker.Window.class);
        rig.picker.expectMessage(new PiecePicker.Deliver(PeerRig.ID, List.of(PeerRig.block(b(0, 0)))));
        assertThat(rig.picker.expectMessageClass(PiecePicker.Window.class).blocks())
                .isZero();
        rig.picker.expectMessage(new PiecePicker.Return(PeerRig.ID, List.of(b(0, 1))));
    }

    @Test
    void aPeerThatChangesItsMindAThousandTimesInOneReadIsOneMessageToThePicker() {
        rig.open(NOTHING);
        PeerMessage[] moody = new PeerMessage[2001];
        for (int i = 0; i < moody.length; i++) {
            moody[i] = i % 2 == 0 ? Signal.UNCHOKE : Signal.CHOKE;
        }

        rig.sends(moody);

        rig.picker.expectMessage(new PiecePicker.Window(PeerRig.ID, 4, 0));
        rig.picker.expectNoMessage();
    }

    @Test
    void whatCameInTheLastSecondIsToldBeforeTheEnd() {
        openAndUnchoked();
        rig.pickerSays(new PiecePicker.Fetch(List.of(b(0, 0))));
        rig.expects(new PeerMessage.Request(b(0, 0)));
        rig.sendsBlock(b(0, 0));
        rig.picker.expectMessageClass(PiecePicker.Window.class);
        rig.picker.expectMessageClass(PiecePicker.Deliver.class);

        rig.hangsUp();

        assertThat(rig.sampleWhere(sample -> sample.downloaded() > 0).downloaded())
                .isEqualTo(16_384);
        rig.left();
    }

    private void openAndUnchoked() {
        rig.open(NOTHING);
        rig.sends(Signal.UNCHOKE);
        rig.picker.expectMessageClass(PiecePicker.Window.class);
    }
}
