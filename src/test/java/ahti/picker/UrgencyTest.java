package ahti.picker;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.PieceRange;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** In which order the windows of several readers are urgent. */
class UrgencyTest {
    private final Urgency urgency = new Urgency();

    @Test
    void oneWindowGoesFromItsHeadOn() {
        urgency.hurry(1, new PieceRange(5, 3));

        assertThat(order()).containsExactly(5, 6, 7);
        assertThat(urgency.rank(6)).isEqualTo(1);
        assertThat(urgency.rank(4)).isEqualTo(Urgency.NONE);
    }

    @Test
    void severalReadersTakeTurnsByTheDistanceFromTheirHeads() {
        urgency.hurry(7, new PieceRange(20, 2));
        urgency.hurry(3, new PieceRange(5, 4));

        assertThat(order()).containsExactly(20, 5, 21, 6, 7, 8);
    }

    @Test
    void whatSeveralReadIsAsUrgentAsForTheNearestOfThem() {
        urgency.hurry(1, new PieceRange(5, 3));
        urgency.hurry(2, new PieceRange(7, 2));

        assertThat(order()).containsExactly(5, 7, 6, 8);
    }

    @Test
    void aWindowThatMovesKeepsItsTurn() {
        urgency.hurry(1, new PieceRange(5, 1));
        urgency.hurry(2, new PieceRange(8, 1));
        urgency.hurry(1, new PieceRange(6, 1));

        assertThat(order()).containsExactly(6, 8);
    }

    @Test
    void aReaderThatIsGoneLeavesTheOthers() {
        urgency.hurry(1, new PieceRange(5, 3));
        urgency.hurry(2, new PieceRange(5, 1));

        assertThat(urgency.relax(1)).isTrue();
        assertThat(order()).containsExactly(5);
        assertThat(urgency.relax(2)).isTrue();
        assertThat(urgency.isEmpty()).isTrue();
        assertThat(urgency.relax(2)).isFalse();
    }

    private List<Integer> order() {
        return IntStream.range(0, urgency.count()).mapToObj(urgency::piece).toList();
    }
}
