package ahti.picker;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.BlockRef;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is asked for while somebody reads. */
class UrgentChoiceTest {
    private static final int SLOW = 0;

    @Test
    void whatIsReadComesFirstAndInOrder() {
        CheckedPicker picker = CheckedPicker.of(8, 2);
        picker.hurry(1, 5, 2);
        picker.seed(1, 5, SLOW);

        assertThat(picker.owed(1).subList(0, 4))
                .containsExactly(picker.ref(5, 0), picker.ref(5, 1), picker.ref(6, 0), picker.ref(6, 1));
        assertThat(picker.owed(1).get(4).piece()).isNotIn(5, 6);
    }

    @Test
    void whatIsReadComesBeforeAPieceInProgress() {
        CheckedPicker picker = CheckedPicker.of(8, 4, 8, true);
        picker.seed(1, 1, SLOW);
        picker.hurry(1, 5, 1);

        picker.deliver(1, 1);

        assertThat(picker.owed(1)).containsExactly(picker.ref(5, 0));
    }

    @Test
    void fastPeersWorkTogetherOnTheHead() {
        CheckedPicker picker = CheckedPicker.of(8, 100);
        picker.hurry(1, 3, 4);
        picker.seed(1, 10, 50);
        picker.seed(2, 10, 50);

        assertThat(picker.owedPieces(1)).containsExactly(3);
        assertThat(picker.owedPieces(2)).containsExactly(3);
    }

    @Test
    void aPeerWithoutTheHeadIsAskedForWhatComesNext() {
        CheckedPicker picker = CheckedPicker.of(8, 1);
        picker.hurry(1, 2, 3);
        picker.peer(1, 2, 0, 3, 4);

        assertThat(picker.owed(1)).containsExactly(picker.ref(3, 0), picker.ref(4, 0));
    }

    @Test
    void severalReadersShareWhatComes() {
        CheckedPicker picker = CheckedPicker.of(20, 1);
        picker.hurry(1, 2, 3);
        picker.hurry(2, 12, 3);
        picker.seed(1, 4, SLOW);

        assertThat(picker.owed(1))
                .containsExactly(picker.ref(2, 0), picker.ref(12, 0), picker.ref(3, 0), picker.ref(13, 0));
    }

    @Test
    void afterAReaderIsGoneTheOldOrderHolds() {
        CheckedPicker picker = CheckedPicker.of(8, 1, 8, true);
        picker.hurry(1, 5, 3);
        picker.relax(1);
        picker.seed(1, 2, SLOW);

        assertThat(picker.owed(1)).containsExactly(picker.ref(0, 0), picker.ref(1, 0));
    }

    @Test
    void onDemandNothingElseIsAskedFor() {
        CheckedPicker picker = onDemand(10, 2);
        picker.seed(1, 100, SLOW);
        assertThat(picker.owed(1)).isEmpty();

        picker.hurry(1, 4, 1);
        assertThat(picker.owed(1)).containsExactly(picker.ref(4, 0), picker.ref(4, 1));

        picker.hurry(1, 5, 1);
        assertThat(picker.owedPieces(1)).containsExactly(4, 5);

        picker.relax(1);
        picker.deliver(1, 4);
        assertThat(picker.owed(1)).isEmpty();
    }

    @Test
    void onDemandWhatAPeerFailedToSendIsAskedOfItAgainWhenNobodyElseCan() {
        CheckedPicker picker = onDemand(10, 2);
        picker.peer(1, 0, 4);
        picker.seed(2, 100, SLOW);
        picker.hurry(1, 4, 1);

        picker.giveBack(2, picker.owed(2));

        assertThat(picker.owedPieces(2)).containsExactly(4);
    }

    @Test
    void whatAPeerFailedToSendIsLeftToAnotherThatHasIt() {
        CheckedPicker picker = CheckedPicker.of(10, 1);
        picker.hurry(1, 4, 2);
        picker.seed(1, 1, SLOW);
        picker.peer(2, 0, 4);
        assertThat(picker.owedPieces(1)).containsExactly(4);

        picker.giveBack(1, picker.owed(1));

        assertThat(picker.owedPieces(1)).containsExactly(5);
    }

    @Test
    void whatIsNotWantedIsNotFetchedForAReaderEither() {
        CheckedPicker picker = onDemand(10, 1);
        picker.select(false, true, 4, 6);
        picker.seed(1, 100, SLOW);
        picker.hurry(1, 4, 3);

        assertThat(picker.owedPieces(1)).containsExactly(4, 6);
    }

    @Test
    void somethingLessUrgentMakesRoomWhenMemoryIsFull() {
        CheckedPicker picker = CheckedPicker.of(8, 4, 2, true);
        picker.seed(1, 8, SLOW);
        picker.deliver(1, List.of(picker.ref(0, 0)));
        picker.seed(2, 1, SLOW);
        assertThat(picker.owedPieces(1)).containsExactly(0, 1);

        picker.hurry(1, 6, 1);

        // 0 has a block already, so 1 goes; whoever owed it hears so, and helps at once.
        assertThat(picker.cancelled(1)).extracting(BlockRef::piece).containsOnly(1);
        assertThat(picker.model.open.keySet()).containsExactly(0, 6);
    }

    @Test
    void slowPiecesThatFillTheMemoryDoNotKeepAReaderWaitingForEver() {
        CheckedPicker picker = CheckedPicker.of(8, 2, 2, true);
        picker.peer(1, 4, 0, 1);
        assertThat(picker.owedPieces(1)).containsExactly(0, 1);

        // Peer 1 never sends anything.
        picker.hurry(1, 6, 2);
        picker.peer(2, 4, 6, 7);

        assertThat(picker.owedPieces(2)).containsExactly(6, 7);
        assertThat(picker.owed(1)).isEmpty();
    }

    @Test
    void theFarEndOfAWindowMakesRoomForTheHeadOfAnother() {
        CheckedPicker picker = CheckedPicker.of(8, 1, 2, true);
        picker.hurry(1, 0, 2);
        picker.seed(1, 4, SLOW);
        assertThat(picker.owedPieces(1)).containsExactly(0, 1);

        picker.hurry(2, 5, 2);

        assertThat(picker.owedPieces(1)).containsExactly(0, 5);
    }

    @Test
    void aBlockThatASlowPeerOwesAtTheHeadIsAskedOfAFasterOneToo() {
        CheckedPicker picker = onDemand(10, 8);
        picker.hurry(1, 4, 1);
        picker.seed(1, 8, 1);
        assertThat(picker.owed(1)).hasSize(8);
        picker.seed(2, 100, 40);

        assertThat(picker.owed(2)).hasSize(Endgame.COPIES_PER_PEER);
        picker.deliver(2, List.of(picker.ref(4, 0)));
        assertThat(picker.cancelled(1)).containsExactly(picker.ref(4, 0));
    }

    @Test
    void aBlockThatIsNotOverdueIsAskedOfOnePeerOnly() {
        CheckedPicker picker = onDemand(10, 8);
        picker.hurry(1, 4, 1);
        picker.seed(1, 8, 10);
        picker.seed(2, 100, 40);

        assertThat(picker.owed(2)).isEmpty();
    }

    @Test
    void aBlockBecomesOverdueWhenItsOwnerGetsSlower() {
        CheckedPicker picker = onDemand(10, 8);
        picker.hurry(1, 4, 1);
        picker.seed(1, 8, 10);
        picker.seed(2, 100, 40);

        picker.window(1, 8, 1);

        assertThat(picker.owed(2)).isNotEmpty();
    }

    @Test
    void onlyWhatAReaderWaitsForIsEverAskedForTwice() {
        CheckedPicker picker = onDemand(10, 2);
        picker.hurry(1, 4, 4);
        picker.seed(1, 8, 1);
        picker.seed(2, 100, 40);

        assertThat(picker.owedPieces(2)).containsExactly(4);
    }

    private static CheckedPicker onDemand(int pieces, int blocks) {
        CheckedPicker picker = CheckedPicker.of(pieces, blocks);
        picker.select(false, true, IntStream.range(0, pieces).toArray());
        return picker;
    }
}
