package ahti.picker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When memory is full of what silent peers owe: others are asked for it, too, within bounds. */
class HeldUpTest {
    private static final int BLOCKS = 12;

    /** Memory for one piece of three, which the silent peer 1 owes all of; peer 2 has sent a piece and has nothing to do. */
    private static CheckedPicker heldUp() {
        CheckedPicker picker = CheckedPicker.of(4, BLOCKS, 1, true);
        picker.seed(2, BLOCKS, 0);
        picker.deliver(2, BLOCKS);
        picker.window(2, 0, 0);
        picker.seed(1, BLOCKS, 0);
        picker.stored(0);
        picker.window(2, BLOCKS, 0);
        assertThat(picker.owed(1)).hasSize(BLOCKS);
        return picker;
    }

    @Test
    void nothingIsAskedTwiceOnlyBecauseMemoryIsFull() {
        assertThat(heldUp().owed(2)).isEmpty();
    }

    @Test
    void whatAStallingPeerOwesIsAskedOfWhoDelivers() {
        CheckedPicker picker = heldUp();

        picker.stalls(1);

        assertThat(picker.owed(2)).hasSize(Endgame.COPIES_PER_PEER).isSubsetOf(picker.owed(1));
        assertThat(picker.picks(2).picks())
                .last()
                .satisfies(pick -> assertThat(pick.reason()).isEqualTo(new PickReason.HeldUp(1)));
    }

    @Test
    void theStallingPeerIsToldToCancelWhatAnotherSent() {
        CheckedPicker picker = heldUp();
        picker.stalls(1);

        picker.deliver(2, 3);

        assertThat(picker.cancelled(1)).hasSize(3);
        assertThat(picker.owed(2)).hasSize(Endgame.COPIES_PER_PEER);
    }

    @Test
    void nothingMoreIsAskedTwiceOnceItSendsAgain() {
        CheckedPicker picker = heldUp();
        picker.stalls(1);
        picker.deliver(1, 1);

        picker.giveBack(2, picker.owed(2));

        assertThat(picker.owed(2)).isEmpty();
    }

    @Test
    void whoHasSentNothingYetGetsOneForATry() {
        CheckedPicker picker = heldUp();
        picker.window(2, 0, 0);
        picker.seed(3, BLOCKS, 0);

        picker.stalls(1);
        assertThat(picker.owed(3)).hasSize(1);

        picker.deliver(3, 1);
        assertThat(picker.owed(3)).hasSize(Endgame.COPIES_PER_PEER);
    }

    @Test
    void howeverManyStallThereIsAPlaceForWhoDelivers() {
        CheckedPicker picker = heldUp();
        picker.stalls(1);
        for (int rogue = 10; rogue < 60; rogue++) {
            picker.seed(rogue, BLOCKS, 0);
            picker.stalls(rogue);
        }

        for (int block = 0; block < BLOCKS; block++) {
            assertThat(picker.owed(2)).isNotEmpty();
            picker.deliver(2, 1);
        }

        assertThat(picker.model.filled).containsExactly(1);
    }

    /** They have been asked for nothing, or took it back: there is nothing to take from them. */
    @Test
    void manyThatStallAndOweNothingHideNobody() {
        CheckedPicker picker = heldUp();
        for (int rogue = 100; rogue < 300; rogue++) {
            picker.join(rogue);
            picker.stalls(rogue);
        }

        picker.stalls(1);

        assertThat(picker.owed(2)).hasSize(Endgame.COPIES_PER_PEER);
    }

    @Test
    void whileThereIsRoomAFreshPieceIsAskedFor() {
        CheckedPicker picker = CheckedPicker.of(4, BLOCKS);
        picker.seed(1, BLOCKS, 0);
        picker.stalls(1);

        picker.seed(2, BLOCKS, 0);

        assertThat(picker.owed(2)).doesNotContainAnyElementsOf(picker.owed(1)).hasSize(BLOCKS);
    }
}
