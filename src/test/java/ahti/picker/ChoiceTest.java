package ahti.picker;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import ahti.core.BlockRef;
import ahti.core.PieceLayout;
import ahti.core.PieceSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** In which order blocks are asked for, and of whom. */
class ChoiceTest {
    private static final int SLOW = 0;

    @Test
    void takesTheRarestFirst() {
        CheckedPicker picker = CheckedPicker.of(4, 1);
        picker.peer(1, 0, 0, 1, 2);
        picker.peer(2, 0, 0, 1);
        picker.peer(3, 0, 0);

        picker.seed(4, 4, SLOW);

        assertThat(picker.owed(4))
                .containsExactly(picker.ref(3, 0), picker.ref(2, 0), picker.ref(1, 0), picker.ref(0, 0));
    }

    @Test
    void countsWhatPeersGainAndLose() {
        CheckedPicker picker = CheckedPicker.of(3, 1);
        picker.peer(1, 0, 0, 1);
        picker.peer(2, 0, 2);
        picker.gain(2, 0);
        picker.peer(3, 0, 2);
        picker.leave(1);

        picker.seed(4, 3, SLOW);

        assertThat(picker.owed(4)).containsExactly(picker.ref(1, 0), picker.ref(0, 0), picker.ref(2, 0));
    }

    @Test
    void takesWhatIsMuchRarerBeforeWhatIsLeftOfACommonPiece() {
        CheckedPicker picker = CheckedPicker.of(2, 4);
        picker.peer(1, 4, 0);
        picker.peer(2, 0, 0);
        picker.leave(1);

        picker.seed(3, 1, SLOW);
        assertThat(picker.owedPieces(3)).as("one copy, not two").containsExactly(1);

        picker.seed(4, 4, SLOW);
        assertThat(picker.owedPieces(4)).as("nothing is rarer any more").contains(0);
    }

    @Test
    void breaksTiesByLot() {
        TreeSet<Integer> picked = new TreeSet<>();
        for (int seed = 0; seed < 60; seed++) {
            CheckedPicker picker = picker(seed, 5, 1, 0);
            picker.seed(1, 1, SLOW);
            picked.add(picker.owed(1).get(0).piece());
        }

        assertThat(picked).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void picksTheFirstPiecesByLotEvenWhenOthersAreRarer() {
        TreeSet<Integer> first = new TreeSet<>();
        for (int seed = 0; seed < 60; seed++) {
            CheckedPicker picker = picker(seed, 4, 1, 1);
            picker.peer(1, 0, 0, 1, 2);
            picker.seed(2, 2, SLOW);
            List<BlockRef> owed = picker.owed(2);
            first.add(owed.get(0).piece());
            if (owed.get(0).piece() != 3) {
                assertThat(owed.get(1).piece()).as("rarest after that").isEqualTo(3);
            }
        }

        assertThat(first).containsExactly(0, 1, 2, 3);
    }

    @Test
    void goesFromTheFirstToTheLastInSequentialMode() {
        CheckedPicker picker = CheckedPicker.of(4, 2, 4, true);
        picker.peer(1, 3, 1, 3);
        picker.seed(2, 4, SLOW);

        assertThat(picker.owed(1)).containsExactly(picker.ref(1, 0), picker.ref(1, 1), picker.ref(3, 0));
        assertThat(picker.owedPieces(2)).containsExactly(0, 2);
    }

    @Seeds(20)
    void finishesAPieceBeforeTheNext(long seed) {
        CheckedPicker picker = picker(seed, 5, 4, 0);
        picker.seed(1, 2, SLOW);
        List<Integer> filled = new ArrayList<>();

        for (int i = 0; i < 20; i++) {
            picker.deliver(1, 1);
            assertThat(picker.model.open).hasSizeLessThanOrEqualTo(2);
            filled.addAll(picker.model.filled);
            List.copyOf(picker.model.filled).forEach(picker::stored);
        }

        assertThat(filled).hasSize(5);
    }

    @Test
    void letsSlowPeersShareAPiece() {
        CheckedPicker picker = CheckedPicker.of(8, 4);
        picker.seed(1, 1, SLOW);
        picker.seed(2, 1, SLOW);
        picker.seed(3, 1, SLOW);

        assertThat(picker.model.open).hasSize(1);
    }

    @Test
    void givesFastPeersPiecesOfTheirOwn() {
        CheckedPicker picker = CheckedPicker.of(8, 100);
        picker.seed(1, 2, 4);
        picker.seed(2, 2, 4);
        picker.seed(3, 100, SLOW);
        picker.seed(4, 2, SLOW);
        picker.seed(5, 2, SLOW);

        assertThat(picker.model.open).hasSize(4);
        assertThat(picker.owedPieces(4)).isEqualTo(picker.owedPieces(5));
    }

    @Test
    void finishesWhatALostPeerLeftBeforeAnythingNew() {
        CheckedPicker picker = CheckedPicker.of(8, 4);
        picker.seed(1, 4, 4);
        picker.deliver(1, 1);
        BlockRef begun = picker.owed(1).get(0);
        picker.leave(1);

        picker.seed(2, 4, 4);

        assertThat(picker.owed(2).subList(0, 3)).allMatch(ref -> ref.piece() == begun.piece());
    }

    @Test
    void helpsAFastPeerThatReturnsABlockOfItsPiece() {
        CheckedPicker picker = CheckedPicker.of(8, 4);
        picker.seed(1, 4, SLOW);
        BlockRef returned = picker.owed(1).get(2);
        picker.window(1, 3, 1);
        picker.giveBack(1, List.of(returned));

        picker.seed(2, 4, SLOW);

        assertThat(picker.owed(2).get(0)).isEqualTo(returned);
        assertThat(picker.owedPieces(2)).hasSize(2);
    }

    @Test
    void goesOnWithItsPieceAfterAChoke() {
        CheckedPicker picker = CheckedPicker.of(8, 4);
        picker.seed(1, 2, SLOW);
        List<BlockRef> owed = picker.owed(1);

        picker.window(1, 0, 0);
        picker.giveBack(1, owed);
        assertThat(picker.owed(1)).isEmpty();
        picker.window(1, 2, 0);

        assertThat(picker.owed(1)).isEqualTo(owed);
    }

    @Test
    void letsOthersTryWhatAPeerFailedToSend() {
        CheckedPicker picker = CheckedPicker.of(8, 2);
        picker.seed(1, 1, SLOW);
        picker.seed(2, 0, SLOW);
        List<BlockRef> owed = picker.owed(1);

        picker.giveBack(1, owed);
        assertThat(picker.owedPieces(1)).doesNotContain(owed.get(0).piece());
        picker.window(2, 1, SLOW);

        assertThat(picker.owed(2)).isEqualTo(owed);
    }

    @Test
    void asksAgainTheOnlyOneThatHasIt() {
        CheckedPicker picker = CheckedPicker.of(2, 2, 1, false);
        picker.seed(1, 1, SLOW);
        List<BlockRef> owed = picker.owed(1);

        picker.giveBack(1, owed);

        assertThat(picker.owed(1)).isEqualTo(owed);
    }

    @Test
    void opensNoMoreThanTheBudgetAllows() {
        CheckedPicker picker = CheckedPicker.of(8, 2, 2, false);
        picker.seed(1, 100, SLOW);
        assertThat(picker.owed(1)).hasSize(4);

        picker.deliver(1, 4);
        assertThat(picker.owed(1)).isEmpty();
        picker.stored(picker.model.filled.iterator().next());

        assertThat(picker.owed(1)).hasSize(2);
    }

    @Test
    void opensOnePieceHoweverSmallTheBudget() {
        PieceLayout layout = CheckedPicker.layout(3, 2);
        CheckedPicker picker = new CheckedPicker(
                layout, new PiecePicker.Settings(1, 0, 3), 1, CheckedPicker.bits(3), PieceSelection.everything(3));

        picker.seed(1, 100, SLOW);

        assertThat(picker.owed(1)).hasSize(2);
    }

    @Test
    void joinsTheFastWhenTheBudgetIsSpent() {
        CheckedPicker picker = CheckedPicker.of(8, 4, 1, false);
        picker.seed(1, 2, 4);
        picker.seed(2, 2, 4);

        assertThat(picker.owedPieces(2)).isEqualTo(picker.owedPieces(1));
    }

    @Test
    void throwsAwayWhatNobodyCanFinishWhenItsMemoryIsNeeded() {
        CheckedPicker picker = CheckedPicker.of(2, 2, 1, false);
        picker.peer(1, 2, 0);
        picker.deliver(1, 1);
        picker.peer(2, 2, 1);
        assertThat(picker.owed(2)).isEmpty();

        picker.leave(1);

        assertThat(picker.owedPieces(2)).containsExactly(1);
        assertThat(picker.model.open.keySet()).containsExactly(1);
    }

    @Test
    void throwsAwayWhatOnlyPeersHaveThatChoke() {
        CheckedPicker picker = CheckedPicker.of(2, 2, 1, false);
        picker.peer(1, 2, 0);
        picker.peer(2, 2, 1);

        List<BlockRef> owed = picker.owed(1);
        picker.window(1, 0, 0);
        assertThat(picker.owed(2)).isEmpty();
        picker.giveBack(1, owed);

        assertThat(picker.owedPieces(2)).containsExactly(1);
    }

    @Test
    void keepsWhatNobodyCanFinishWhileThereIsRoom() {
        CheckedPicker picker = CheckedPicker.of(3, 2, 2, false);
        picker.peer(1, 1, 0);
        picker.deliver(1, 1);
        picker.leave(1);
        picker.peer(2, 1, 1);

        assertThat(picker.model.open.keySet()).containsExactly(0, 1);
    }

    private static CheckedPicker picker(long seed, int pieces, int blocks, int randomFirst) {
        PieceLayout layout = CheckedPicker.layout(pieces, blocks);
        return new CheckedPicker(
                layout,
                new PiecePicker.Settings(layout.totalLength(), randomFirst, 3),
                seed * 0x9E37_79B9_7F4A_7C15L,
                CheckedPicker.bits(pieces),
                PieceSelection.everything(pieces));
    }

    @Test
    void whatIsMoreUrgentGoesFirstAndIsRarestFirstWithin() {
        CheckedPicker picker = CheckedPicker.of(6, 1);
        picker.peer(1, 0, 0, 1, 2, 3, 4, 5);
        picker.peer(2, 0, 0, 1, 3, 4, 5);
        picker.peer(3, 0, 0, 4);
        picker.selectAll(false, List.of(CheckedPicker.bits(6, 1, 4), CheckedPicker.bits(6, 0, 1, 5)));

        picker.window(1, 6, 0);

        assertThat(picker.owed(1).stream().map(BlockRef::piece)).containsExactly(1, 4, 5, 0, 2, 3);
    }

    @Test
    void inOrderWhatIsMoreUrgentGoesFirst() {
        CheckedPicker picker = CheckedPicker.of(6, 1);
        picker.peer(1, 0, 0, 1, 2, 3, 4, 5);
        picker.selectAll(true, List.of(CheckedPicker.bits(6, 0, 5), CheckedPicker.bits(6, 3)));

        picker.window(1, 6, 0);

        assertThat(picker.owed(1).stream().map(BlockRef::piece)).containsExactly(0, 5, 3, 1, 2, 4);
    }
}
