package ahti.picker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How well the pieces are spread. */
class CensusTest {

    @Test
    void countsCopiesOfWhatIsStillWanted() {
        CheckedPicker picker = CheckedPicker.of(4, 2);
        picker.seed(1, 1, 0);
        picker.peer(2, 0, 0, 1);
        picker.stored(3);
        picker.select(false, 0, 1, 3);

        PiecePicker.Availability availability = picker.availability(2);

        assertThat(availability.minCopies()).isEqualTo(2);
        assertThat(availability.averageCopies()).isEqualTo(1.5);
        assertThat(availability.unavailablePieces()).isZero();
        assertThat(availability.memory().pieces()).isEqualTo(1);
        assertThat(availability.cellCopies()).containsExactly(2, 1);
        assertThat(availability.cellInFlight()).containsExactly(1, 0);
    }

    @Test
    void countsWhatIsNowhere() {
        CheckedPicker picker = CheckedPicker.of(3, 1);
        picker.peer(1, 0, 1);

        PiecePicker.Availability availability = picker.availability(3);

        assertThat(availability.unavailablePieces()).isEqualTo(2);
        assertThat(availability.minCopies()).isZero();
        assertThat(availability.cellCopies()).containsExactly(0, 1, 0);
    }

    @Test
    void hasNoMoreCellsThanPieces() {
        CheckedPicker picker = CheckedPicker.of(3, 1);

        assertThat(picker.availability(80).cellCopies()).hasSize(3);
        assertThat(picker.availability(0).cellCopies()).isEmpty();
    }
}
