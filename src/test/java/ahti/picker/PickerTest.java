package ahti.picker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ahti.core.Bitfield;
import ahti.core.BlockRef;
import ahti.core.PieceLayout;
import ahti.core.PieceSelection;
import ahti.picker.PiecePicker.Interest;
import ahti.picker.PiecePicker.Wasted;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The fates of a block, windows, interest, and what belongs in no order at all. Orders: {@link ChoiceTest}. */
class PickerTest {

    @Test
    void fillsTheWindowAtOnceWithOneMessage() {
        CheckedPicker picker = CheckedPicker.of(4, 4);

        picker.seed(1, 6, 0);

        assertThat(picker.last.orders()).hasSize(1);
        assertThat(picker.owed(1)).hasSize(6);
    }

    @Test
    void asksForAsManyAsCameInTheSameHandling() {
        CheckedPicker picker = CheckedPicker.of(4, 4);
        picker.seed(1, 6, 0);

        picker.deliver(1, 2);

        assertThat(picker.last.orders()).hasSize(1);
        assertThat(picker.told(1, PiecePicker.Fetch.class).get(0).blocks()).hasSize(2);
    }

    @Test
    void asksNothingOfAPeerThatChokes() {
        CheckedPicker picker = CheckedPicker.of(4, 4);
        picker.seed(1, 0, 0);
        picker.gain(1, 3);

        assertThat(picker.owed(1)).isEmpty();
        assertThat(picker.model.open).isEmpty();
    }

    @Test
    void tellsInterestOnlyWhenItChanges() {
        CheckedPicker picker = CheckedPicker.of(3, 1);
        picker.join(1);
        assertThat(picker.last.orders()).isEmpty();

        picker.offer(1, CheckedPicker.bits(3, 0));
        assertThat(picker.told(1, Interest.class)).containsExactly(new Interest(true));
        picker.gain(1, 1);
        assertThat(picker.last.orders()).isEmpty();
        picker.stored(0);
        assertThat(picker.last.orders()).isEmpty();
        picker.stored(1);
        assertThat(picker.told(1, Interest.class)).containsExactly(new Interest(false));
        picker.gain(1, 2);
        assertThat(picker.told(1, Interest.class)).containsExactly(new Interest(true));
        picker.select(false, 0, 1);
        assertThat(picker.told(1, Interest.class)).containsExactly(new Interest(false));
    }

    @Test
    void staysInterestedWhileAPieceIsVerified() {
        CheckedPicker picker = CheckedPicker.of(1, 1);
        picker.seed(1, 1, 0);

        picker.deliver(1, 1);
        assertThat(picker.model.peer(1).interested).isTrue();
        picker.stored(0);

        assertThat(picker.told(1, Interest.class)).containsExactly(new Interest(false));
    }

    @Test
    void handsOverAFilledPieceWithTheSenderOfEachBlock() {
        CheckedPicker picker = CheckedPicker.of(1, 3);
        picker.seed(1, 2, 0);
        picker.seed(2, 1, 0);

        picker.deliver(2, 1);
        picker.deliver(1, 2);

        PiecePicker.PieceFilled filled =
                (PiecePicker.PieceFilled) picker.last.events().get(0);
        assertThat(filled.blocks()).hasSize(3);
        assertThat(filled.senders()).containsExactly(CheckedPicker.id(1), CheckedPicker.id(1), CheckedPicker.id(2));
    }

    @Test
    void fetchesAPieceAnewWhenItWasCorrupt() {
        CheckedPicker picker = CheckedPicker.of(1, 3);
        picker.seed(1, 3, 0);
        picker.deliver(1, 3);
        assertThat(picker.owed(1)).isEmpty();

        picker.reopen(0);

        assertThat(picker.owed(1)).hasSize(3);
    }

    @Test
    void wastesWhatNobodyOwed() {
        CheckedPicker picker = CheckedPicker.of(2, 2);
        picker.seed(1, 1, 0);
        picker.seed(2, 0, 0);
        List<BlockRef> asked = picker.owed(1);

        picker.deliver(2, asked);
        assertThat(picker.last.events()).containsExactly(new Wasted(CheckedPicker.id(2), BlockRef.MAX_LENGTH));

        picker.deliver(1, asked);
        picker.deliver(1, asked);
        assertThat(picker.last.events()).containsExactly(new Wasted(CheckedPicker.id(1), BlockRef.MAX_LENGTH));
    }

    @Test
    void takesABlockThatComesAfterItWasGivenBack() {
        CheckedPicker picker = CheckedPicker.of(1, 2);
        picker.seed(1, 1, 0);
        List<BlockRef> asked = picker.owed(1);
        picker.seed(2, 1, 0);
        picker.window(1, 0, 0);
        picker.deliver(2, 1);

        picker.giveBack(1, asked);
        assertThat(picker.owed(2)).isEqualTo(asked);
        picker.deliver(1, asked);

        assertThat(picker.cancelled(2)).isEqualTo(asked);
        assertThat(picker.last.events()).hasAtLeastOneElementOfType(PiecePicker.PieceFilled.class);
    }

    @Test
    void wastesALateBlockWhoseAskingLeft() {
        CheckedPicker picker = CheckedPicker.of(1, 2);
        picker.seed(1, 1, 0);
        List<BlockRef> asked = picker.owed(1);
        picker.window(1, 0, 0);
        picker.giveBack(1, asked);

        picker.leave(1);
        picker.join(1);
        picker.deliver(1, asked);

        assertThat(picker.last.events())
                .containsExactly(new Wasted(CheckedPicker.id(1), asked.get(0).length()));
    }

    @Test
    void givesWhatOnePeerReturnsToThoseThatWait() {
        CheckedPicker picker = CheckedPicker.of(1, 4);
        picker.seed(1, 4, 0);
        picker.seed(2, 2, 0);
        picker.seed(3, 2, 0);
        List<BlockRef> asked = picker.owed(1);
        picker.deliver(2, picker.owed(2));

        picker.giveBack(1, asked);

        assertThat(picker.owed(2)).hasSize(2);
        assertThat(picker.owed(3)).hasSize(2);
    }

    @Test
    void asksThePeerThatReturnedABlockAfterAllOthers() {
        CheckedPicker picker = CheckedPicker.of(2, 2, 1, true);
        picker.peer(1, 3, 0);
        picker.seed(2, 1, 0);
        List<BlockRef> returned = List.of(picker.ref(0, 0));

        picker.giveBack(1, returned);

        assertThat(picker.owed(2)).isEqualTo(returned);
        assertThat(picker.owed(1)).containsExactly(picker.ref(0, 1));
    }

    @Test
    void givesTheBlocksOfALostPeerToOthers() {
        CheckedPicker picker = CheckedPicker.of(1, 4);
        picker.seed(1, 4, 0);
        picker.seed(2, 4, 0);

        picker.leave(1);

        assertThat(picker.owed(2)).hasSize(4);
    }

    @Test
    void servesTheWaitingInTurnWhenMemoryComesFree() {
        CheckedPicker picker = CheckedPicker.of(40, 1, 1, false);
        for (int number = 0; number < 4; number++) {
            picker.seed(number, 1, 0);
        }
        List<Integer> served = new ArrayList<>();
        for (int round = 0; round < 8; round++) {
            for (int number = 0; number < 4; number++) {
                if (!picker.owed(number).isEmpty()) {
                    served.add(number);
                    picker.deliver(number, 1);
                    break;
                }
            }
            picker.stored(picker.model.filled.iterator().next());
        }

        assertThat(served).containsExactly(0, 1, 2, 3, 0, 1, 2, 3);
    }

    @Test
    void cancelsAndForgetsWhatIsNoLongerWanted() {
        CheckedPicker picker = CheckedPicker.of(2, 2, 2, true);
        picker.seed(1, 4, 0);
        picker.deliver(1, List.of(picker.ref(0, 0)));

        picker.select(false, 1);

        assertThat(picker.cancelled(1)).containsExactly(picker.ref(0, 1));
        assertThat(picker.owed(1)).containsExactly(picker.ref(1, 0), picker.ref(1, 1));
        picker.select(false, 0, 1);
        assertThat(picker.owed(1)).contains(picker.ref(0, 0), picker.ref(0, 1));
    }

    @Test
    void keepsAFilledPieceThatIsNoLongerWantedUntilItIsStored() {
        CheckedPicker picker = CheckedPicker.of(2, 1, 1, true);
        picker.seed(1, 1, 0);
        picker.deliver(1, 1);

        picker.select(true, 1);
        assertThat(picker.owed(1)).isEmpty();
        picker.stored(0);

        assertThat(picker.owed(1)).containsExactly(picker.ref(1, 0));
    }

    @Test
    void takesAPieceForStoredThatItDidNotFillItself() {
        CheckedPicker picker = CheckedPicker.of(2, 2, 2, true);
        picker.seed(1, 2, 0);

        picker.stored(0);

        assertThat(picker.cancelled(1)).containsExactly(picker.ref(0, 0), picker.ref(0, 1));
        assertThat(picker.owed(1)).containsExactly(picker.ref(1, 0), picker.ref(1, 1));
    }

    @Test
    void doesNotAskForWhatIsStoredOrUnwanted() {
        PieceLayout layout = CheckedPicker.layout(4, 1);
        CheckedPicker picker = new CheckedPicker(
                layout,
                new PiecePicker.Settings(layout.totalLength(), 1, 1),
                1,
                CheckedPicker.bits(4, 0),
                new PieceSelection(CheckedPicker.bits(4, 0, 2), false));

        picker.seed(1, 10, 0);

        assertThat(picker.owedPieces(1)).containsExactly(2);
    }

    @Test
    void ignoresAConnectionThatIsGone() {
        CheckedPicker picker = CheckedPicker.of(1, 1);
        picker.seed(1, 1, 0);
        Picker bare = bare();

        assertThat(bare.window(CheckedPicker.id(9), 5, 0).orders()).isEmpty();
        assertThat(bare.giveBack(CheckedPicker.id(9), picker.owed(1)).orders()).isEmpty();
        assertThat(bare.leave(CheckedPicker.id(9), false).orders()).isEmpty();
        assertThat(bare.deliver(CheckedPicker.id(9), List.of(CheckedPicker.block(picker.ref(0, 0))))
                        .events())
                .containsExactly(
                        new Wasted(CheckedPicker.id(9), picker.ref(0, 0).length()));
    }

    @Test
    void takesPiecesThatAreNoPiecesForABugOfOurs() {
        Picker picker = bare();
        picker.join(CheckedPicker.id(1));

        assertThatThrownBy(() -> picker.gain(CheckedPicker.id(1), List.of(0, 4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("piece 4 of 4");
        assertThatThrownBy(() -> picker.gain(CheckedPicker.id(1), List.of(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> picker.offer(CheckedPicker.id(1), Bitfield.all(5)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> picker.stored(4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> picker.join(CheckedPicker.id(1))).hasMessage("peer-1 joined twice");
        assertThatThrownBy(() -> picker.window(CheckedPicker.id(1), -1, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(picker.availability(4).cellCopies()).containsOnly(0);
    }

    @Test
    void hasNothingToDoInATorrentOfNoBytes() {
        PieceLayout layout = new PieceLayout(0, 16);
        CheckedPicker picker = new CheckedPicker(
                layout, new PiecePicker.Settings(1, 0, 3), 1, Bitfield.none(0), PieceSelection.everything(0));

        picker.join(1);
        picker.offer(1, Bitfield.none(0));
        picker.window(1, 10, 0);

        assertThat(picker.last.orders()).isEmpty();
        assertThat(picker.availability(8).cellCopies()).isEmpty();
    }

    private static Picker bare() {
        return new Picker(
                CheckedPicker.layout(4, 1),
                Bitfield.none(4),
                PieceSelection.everything(4),
                new PiecePicker.Settings(1, 0, 3),
                new java.util.Random(1));
    }
}
