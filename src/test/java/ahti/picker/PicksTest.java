package ahti.picker;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.BlockRef;
import ahti.core.PieceLayout;
import ahti.core.PieceSelection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Why blocks were asked of whom, as the picker remembers it. */
class PicksTest {
    private static final int SLOW = 0;

    @Test
    void theRarestPieceIsNamedWithItsCopies() {
        CheckedPicker picker = CheckedPicker.of(3, 2);
        picker.peer(1, 0, 0);
        picker.peer(2, 0, 0, 1);

        picker.seed(3, 6, SLOW);

        assertThat(picker.picks(3).picks())
                .containsExactly(
                        new Pick(2, 2, new PickReason.Rarest(1)),
                        new Pick(1, 2, new PickReason.Rarest(2)),
                        new Pick(0, 2, new PickReason.Rarest(3)));
    }

    @Test
    void theFirstPiecesAreByLot() {
        PieceLayout layout = CheckedPicker.layout(3, 1);
        CheckedPicker picker = new CheckedPicker(
                layout,
                new PiecePicker.Settings(layout.totalLength(), 2, 3),
                1,
                CheckedPicker.bits(3),
                PieceSelection.everything(3));

        picker.seed(1, 3, SLOW);

        assertThat(picker.picks(1).picks())
                .extracting(Pick::reason)
                .containsExactly(new PickReason.ByLot(0), new PickReason.ByLot(1), new PickReason.Rarest(1));
    }

    @Test
    void inOrderIsAReasonOfItsOwn() {
        CheckedPicker picker = CheckedPicker.of(2, 1, 2, true);

        picker.seed(1, 2, SLOW);

        assertThat(picker.picks(1).picks())
                .containsExactly(new Pick(0, 1, new PickReason.InOrder()), new Pick(1, 1, new PickReason.InOrder()));
    }

    @Test
    void whatIsGoneOnWithBelongsToTheRunThatBeganIt() {
        CheckedPicker picker = CheckedPicker.of(1, 40);
        picker.seed(1, 1, SLOW);

        for (int block = 0; block < 30; block++) {
            picker.deliver(1, 1);
        }

        assertThat(picker.picks(1).picks()).containsExactly(new Pick(0, 31, new PickReason.Rarest(1)));
    }

    @Test
    void slowPeersShareAPiece() {
        CheckedPicker picker = CheckedPicker.of(8, 4);
        picker.seed(1, 1, SLOW);
        picker.seed(2, 1, SLOW);

        assertThat(reasons(picker, 2)).containsExactly(new PickReason.Shared());
    }

    @Test
    void aFastPeerFinishesWhatOthersLeft() {
        CheckedPicker picker = CheckedPicker.of(8, 4);
        picker.seed(1, 4, 4);
        picker.deliver(1, 1);
        picker.leave(1);

        picker.seed(2, 4, 4);

        assertThat(reasons(picker, 2).get(0)).isEqualTo(new PickReason.LeftBehind());
    }

    @Test
    void aPeerHelpsTheFastWhenTheBudgetIsSpent() {
        CheckedPicker picker = CheckedPicker.of(8, 4, 1, false);
        picker.seed(1, 2, 4);
        picker.seed(2, 2, 4);

        assertThat(reasons(picker, 2)).containsExactly(new PickReason.Helps());
        assertThat(picker.memory().spent()).isTrue();
        assertThat(picker.memory().pieces()).isEqualTo(1);
    }

    @Test
    void aCopyInEndgameNamesHowManyOweItAlready() {
        CheckedPicker picker = CheckedPicker.of(1, 1);
        picker.seed(1, 1, SLOW);
        picker.seed(2, 1, SLOW);
        picker.seed(3, 1, SLOW);

        assertThat(reasons(picker, 2)).containsExactly(new PickReason.Endgame(1));
        assertThat(reasons(picker, 3)).containsExactly(new PickReason.Endgame(2));
    }

    @Test
    void aPeerThatComesBackToAPieceGoesOnWithIt() {
        Picks picks = new Picks();
        picks.add(1, Picks.Rule.RAREST, 3);
        picks.add(2, Picks.Rule.ENDGAME, 1);
        picks.add(1, Picks.Rule.GOES_ON, 0);

        assertThat(picks.list())
                .containsExactly(
                        new Pick(1, 1, new PickReason.Rarest(3)),
                        new Pick(2, 1, new PickReason.Endgame(1)),
                        new Pick(1, 1, new PickReason.GoesOn()));
    }

    @Test
    void onlyTheLastFewRunsAreRemembered() {
        Picks picks = new Picks();
        for (int piece = 0; piece < 1_000; piece++) {
            picks.add(piece, Picks.Rule.RAREST, piece);
            picks.add(piece, Picks.Rule.GOES_ON, 0);
        }

        assertThat(picks.list())
                .hasSize(Picks.REMEMBERED)
                .allMatch(pick -> pick.blocks() == 2)
                .extracting(Pick::piece)
                .containsExactly(996, 997, 998, 999);
    }

    @Test
    void whatAPeerHasForUsIsCounted() {
        CheckedPicker picker = CheckedPicker.of(3, 1);
        picker.peer(1, 0, 0, 1);
        picker.seed(2, 1, SLOW);
        BlockRef owed = picker.owed(2).get(0);

        assertThat(owed.piece()).isEqualTo(2);
        assertThat(picker.picks(1)).isEqualTo(new PiecePicker.PeerPicks(2, 2, List.of()));
        assertThat(picker.picks(2).missing()).isEqualTo(3);
        assertThat(picker.picks(2).fresh()).isEqualTo(2);
    }

    private static List<PickReason> reasons(CheckedPicker picker, int peer) {
        return picker.picks(peer).picks().stream().map(Pick::reason).toList();
    }
}
