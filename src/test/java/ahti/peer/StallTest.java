package ahti.peer;

import static ahti.peer.PeerRig.b;

import ahti.ActorKit;
import ahti.core.Bitfield;
import ahti.picker.PiecePicker;
import ahti.wire.PeerMessage;
import ahti.wire.PeerMessage.Signal;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A peer that owes blocks and sends nothing. */
class StallTest {
    @RegisterExtension
    final ActorKit kit = new ActorKit();

    @Test
    void thePickerHearsOnceThatNothingComesAndOnceMoreAfterABlock() {
        PeerRig rig = new PeerRig(kit);
        rig.open(Bitfield.none(4));
        rig.sends(Signal.UNCHOKE);
        rig.picker.expectMessageClass(PiecePicker.Window.class);
        rig.pickerSays(new PiecePicker.Fetch(List.of(b(0, 0), b(0, 1))));
        rig.expects(new PeerMessage.Request(b(0, 0)), new PeerMessage.Request(b(0, 1)));

        kit.pass(Duration.ofSeconds(5));
        kit.pass(Duration.ofSeconds(2));
        rig.picker.expectMessage(new PiecePicker.Stalls(PeerRig.ID));
        kit.pass(Duration.ofSeconds(2));
        rig.picker.expectNoMessage(Duration.ZERO);

        rig.sendsBlock(b(0, 0));
        hears(rig, PiecePicker.Deliver.class);
        kit.pass(Duration.ofSeconds(7));
        hears(rig, PiecePicker.Stalls.class);
    }

    private static void hears(PeerRig rig, Class<? extends PiecePicker.Command> kind) {
        rig.picker.fishForMessage(
                Duration.ofSeconds(3),
                said -> kind.isInstance(said) ? FishingOutcomes.complete() : FishingOutcomes.continueAndIgnore());
    }
}
