package ahti.picker;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.ActorKit;
import ahti.core.Bitfield;
import ahti.core.BlockRef;
import ahti.core.ConnectionId;
import ahti.core.PieceLayout;
import ahti.core.PieceSelection;
import ahti.picker.PiecePicker.Instruction;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Commands in, instructions and events out. */
class PiecePickerTest {
    private static final PieceLayout LAYOUT = CheckedPicker.layout(2, 2);
    private static final ConnectionId ONE = new ConnectionId(1);
    private static final ConnectionId TWO = new ConnectionId(2);

    @RegisterExtension
    final ActorKit kit = new ActorKit();

    private TestProbe<PiecePicker.Event> owner;
    private TestProbe<Instruction> one;
    private TestProbe<Instruction> two;
    private ActorRef<PiecePicker.Command> picker;

    @BeforeEach
    void start() {
        owner = kit.probe();
        one = kit.probe();
        two = kit.probe();
        picker = kit.spawn(PiecePicker.create(
                LAYOUT,
                Bitfield.none(2),
                new PieceSelection(Bitfield.all(2), true),
                new PiecePicker.Settings(LAYOUT.totalLength(), 0, 2),
                new Random(1),
                owner.getRef()));
    }

    @Test
    void leadsAPieceFromTheOfferToTheDisk() {
        joinAndOffer(ONE, one);
        one.expectMessage(new PiecePicker.Interest(true));
        picker.tell(new PiecePicker.Window(ONE, 2, 0));
        one.expectMessage(new PiecePicker.Fetch(List.of(ref(0, 0), ref(0, 1))));

        deliver(ONE, ref(0, 1), ref(0, 0));
        PiecePicker.PieceFilled filled = owner.expectMessageClass(PiecePicker.PieceFilled.class);
        assertThat(filled.piece()).isZero();
        assertThat(filled.senders()).containsOnly(ONE);
        one.expectMessage(new PiecePicker.Fetch(List.of(ref(1, 0), ref(1, 1))));
        deliver(ONE, ref(1, 0), ref(1, 1));
        owner.expectMessageClass(PiecePicker.PieceFilled.class);

        picker.tell(new PiecePicker.Stored(0));
        picker.tell(new PiecePicker.Reopen(1, false));
        one.expectMessage(new PiecePicker.Fetch(List.of(ref(1, 0), ref(1, 1))));
        deliver(ONE, ref(1, 0), ref(1, 1));
        picker.tell(new PiecePicker.Stored(1));
        one.expectMessage(new PiecePicker.Interest(false));
    }

    @Test
    void passesOnWhatAPeerReturns() {
        joinAndOffer(ONE, one);
        picker.tell(new PiecePicker.Window(ONE, 4, 0));
        one.expectMessage(new PiecePicker.Interest(true));
        one.expectMessageClass(PiecePicker.Fetch.class);
        picker.tell(new PiecePicker.Join(TWO, two.getRef()));
        picker.tell(new PiecePicker.Window(TWO, 4, 0));
        picker.tell(new PiecePicker.Gain(TWO, List.of(1)));
        two.expectMessage(new PiecePicker.Interest(true));
        two.expectMessage(new PiecePicker.Fetch(List.of(ref(1, 1), ref(1, 0))));

        picker.tell(new PiecePicker.Window(ONE, 0, 0));
        picker.tell(new PiecePicker.Return(ONE, List.of(ref(0, 0), ref(0, 1), ref(1, 0))));
        TestProbe<PiecePicker.Ledger> ledger = kit.probe();
        picker.tell(new PiecePicker.AskLedger(ledger.getRef()));

        assertThat(ledger.receiveMessage().owed())
                .isEqualTo(Map.of(ref(1, 0), List.of(TWO), ref(1, 1), List.of(ONE, TWO)));
        deliver(TWO, ref(1, 1));
        one.expectMessage(new PiecePicker.Cancel(List.of(ref(1, 1))));
        picker.tell(new PiecePicker.Leave(TWO));
        deliver(TWO, ref(1, 0));
        owner.expectMessage(new PiecePicker.Wasted(TWO, ref(1, 0).length()));
    }

    @Test
    void changesItsMindWithTheSelection() {
        joinAndOffer(ONE, one);
        picker.tell(new PiecePicker.Window(ONE, 1, 0));
        one.expectMessage(new PiecePicker.Interest(true));
        one.expectMessage(new PiecePicker.Fetch(List.of(ref(0, 0))));

        picker.tell(new PiecePicker.Select(new PieceSelection(CheckedPicker.bits(2, 1), false)));

        one.expectMessage(new PiecePicker.Cancel(List.of(ref(0, 0))));
        one.expectMessage(new PiecePicker.Fetch(List.of(ref(1, 0))));
        TestProbe<PiecePicker.Availability> availability = kit.probe();
        picker.tell(new PiecePicker.AskAvailability(2, availability.getRef()));
        assertThat(availability.receiveMessage().cellInFlight()).containsExactly(0, 1);
    }

    private void joinAndOffer(ConnectionId id, TestProbe<Instruction> peer) {
        picker.tell(new PiecePicker.Join(id, peer.getRef()));
        picker.tell(new PiecePicker.Offer(id, Bitfield.all(2)));
    }

    private void deliver(ConnectionId id, BlockRef... refs) {
        picker.tell(new PiecePicker.Deliver(
                id, List.of(refs).stream().map(CheckedPicker::block).toList()));
    }

    private static BlockRef ref(int piece, int block) {
        return LAYOUT.block(piece, block);
    }
}
