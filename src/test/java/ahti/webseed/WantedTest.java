package ahti.webseed;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.BlockRef;
import ahti.core.PieceLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

class WantedTest {
    private static final int BLOCK = BlockRef.MAX_LENGTH;

    private final PieceLayout layout = new PieceLayout(10L * 2 * BLOCK - 1, 2 * BLOCK);
    private final Wanted wanted = new Wanted(layout);

    @Test
    void joinsWhatFollowsOnEachOtherAcrossPieces() {
        wanted.add(List.of(block(3, 0), block(3, 1), block(7, 0), block(4, 0)));

        assertThat(wanted.next(100 * BLOCK))
                .contains(new Run(layout.offset(3), List.of(block(3, 0), block(3, 1), block(4, 0))));
        assertThat(wanted.next(100 * BLOCK)).contains(new Run(layout.offset(7), List.of(block(7, 0))));
        assertThat(wanted.next(100 * BLOCK)).isEmpty();
    }

    @Test
    void keepsWithinItsBytesAndTheFirstComesFirst() {
        wanted.add(List.of(block(9, 0), block(9, 1), block(0, 0), block(0, 1)));

        assertThat(wanted.next(2 * BLOCK).orElseThrow().length()).isEqualTo(2 * BLOCK - 1);
        assertThat(wanted.next(1)).contains(new Run(0, List.of(block(0, 0))));
        assertThat(wanted.size()).isEqualTo(1);
    }

    @Test
    void forgetsWhatIsCancelled() {
        wanted.add(List.of(block(0, 0), block(0, 1), block(1, 0)));
        wanted.remove(List.of(block(0, 1)));

        assertThat(wanted.next(100 * BLOCK)).contains(new Run(0, List.of(block(0, 0))));
        assertThat(wanted.takeAll()).containsExactly(block(1, 0));
        assertThat(wanted.size()).isZero();
    }

    private BlockRef block(int piece, int index) {
        return layout.block(piece, index);
    }
}
