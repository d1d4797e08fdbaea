package ahti.picker;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.BlockRef;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The last blocks: asked of several, within bounds, and cancelled where they lose. */
class EndgameTest {

    @Test
    void asksIdlePeersForWhatOthersOwe() {
        CheckedPicker picker = CheckedPicker.of(1, 4);
        picker.seed(1, 4, 0);
        picker.seed(2, 2, 0);

        assertThat(picker.owed(2)).hasSize(2).isSubsetOf(picker.owed(1));
    }

    @Test
    void cancelsWhereItLost() {
        CheckedPicker picker = CheckedPicker.of(1, 4);
        picker.seed(1, 4, 0);
        picker.seed(2, 1, 0);
        List<BlockRef> copy = picker.owed(2);

        picker.deliver(2, 1);

        assertThat(picker.cancelled(1)).isEqualTo(copy);
        assertThat(picker.owed(2)).hasSize(1).doesNotContainAnyElementsOf(copy);
    }

    @Test
    void asksForTheLastBlockOfTheSlowestFirst() {
        CheckedPicker picker = CheckedPicker.of(2, 2, 2, true);
        picker.peer(1, 2, 9, new int[] {0});
        picker.peer(2, 2, 3, new int[] {1});

        picker.seed(3, 3, 5);

        assertThat(picker.owed(3)).containsExactly(picker.ref(1, 1), picker.ref(1, 0), picker.ref(0, 1));
    }

    @Test
    void asksForEachBlockOnceMoreBeforeAskingAThirdPeer() {
        CheckedPicker picker = CheckedPicker.of(1, 2);
        picker.seed(1, 2, 0);
        picker.seed(2, 1, 0);
        picker.seed(3, 1, 0);

        assertThat(picker.owed(2)).doesNotContainAnyElementsOf(picker.owed(3));
    }

    @Test
    void asksNoMorePeersThanAllowed() {
        CheckedPicker picker = CheckedPicker.of(1, 1);
        for (int number = 1; number <= 5; number++) {
            picker.seed(number, 1, 0);
        }

        assertThat(picker.model.ledger().get(picker.ref(0, 0))).hasSize(3);
    }

    @Test
    void asksAPeerForFewCopiesAtATime() {
        CheckedPicker picker = CheckedPicker.of(1, 100);
        picker.seed(1, 100, 0);
        picker.seed(2, 100, 0);

        assertThat(picker.owed(2)).hasSize(Endgame.COPIES_PER_PEER);
    }

    @Test
    void waitsForBlocksThatAPeerHasAndWeHaveNotAskedFor() {
        CheckedPicker picker = CheckedPicker.of(2, 1);
        picker.peer(1, 0, 1);
        picker.peer(2, 1, 0);
        picker.peer(3, 1, 0);

        assertThat(picker.owed(3)).isEmpty();
    }

    @Test
    void beginsWhenTheLastFreeBlockIsAskedFor() {
        CheckedPicker picker = CheckedPicker.of(2, 1);
        picker.peer(1, 0, 1);
        picker.peer(2, 1, 0);
        picker.peer(3, 1, 0);

        picker.window(1, 1, 0);

        assertThat(picker.owed(3)).containsExactly(picker.ref(0, 0));
    }

    @Test
    void beginsWhenTheOnlyOneWithAFreeBlockLeaves() {
        CheckedPicker picker = CheckedPicker.of(2, 1);
        picker.peer(1, 0, 1);
        picker.peer(2, 1, 0);
        picker.peer(3, 1, 0);

        picker.leave(1);

        assertThat(picker.owed(3)).containsExactly(picker.ref(0, 0));
    }

    @Test
    void endsWhenMoreIsWanted() {
        CheckedPicker picker = CheckedPicker.of(3, 2);
        picker.select(false, 0);
        picker.seed(1, 2, 0);
        picker.seed(2, 3, 0);
        assertThat(picker.owed(2)).hasSize(2);

        picker.select(false, 0, 1, 2);
        assertThat(picker.owed(2)).hasSize(3);
        picker.deliver(1, 1);

        assertThat(picker.model.ledger().values())
                .filteredOn(owners -> owners.size() > 1)
                .hasSize(1);
    }

    @Test
    void isOverForABlockThatOneOwnerReturns() {
        CheckedPicker picker = CheckedPicker.of(1, 1);
        picker.seed(1, 1, 0);
        picker.seed(2, 1, 0);

        picker.window(1, 0, 0);
        picker.giveBack(1, picker.owed(1));

        assertThat(picker.owed(2)).containsExactly(picker.ref(0, 0));
        assertThat(picker.cancelled(2)).isEmpty();
    }

    @Test
    void asksWhoDeliversWhereManyHoldABlockAndGiveNothing() {
        CheckedPicker picker = CheckedPicker.of(2, 1);
        picker.peer(1, 1, 1);
        picker.peer(2, 1, 1);
        picker.peer(3, 1, 1);
        picker.seed(4, 1, 0);
        assertThat(picker.model.ledger().get(picker.ref(1, 0))).hasSize(3);
        picker.deliver(4, 1);

        assertThat(picker.owed(4)).containsExactly(picker.ref(1, 0));
        picker.seed(5, 1, 0);
        assertThat(picker.owed(5)).isEmpty();
    }
}
