package ahti.metainfo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FileSelectionTest {
    private static final FileSelection ONE_AND_THREE = FileSelection.only(List.of(1, 3));

    @Test
    void namesWhatIsDifferent() {
        assertThat(ONE_AND_THREE.isWanted(1)).isTrue();
        assertThat(ONE_AND_THREE.isWanted(2)).isFalse();
        assertThat(ONE_AND_THREE.with(1, FilePriority.OFF)).isEqualTo(FileSelection.only(List.of(3)));
        assertThat(FileSelection.all().with(7, FilePriority.LOW).priority(7)).isEqualTo(FilePriority.LOW);
        assertThat(FileSelection.all().with(7, FilePriority.LOW).with(7, FilePriority.NORMAL))
                .isEqualTo(FileSelection.all());
    }

    @Test
    void isWholeWhenNothingIsOff() {
        assertThat(FileSelection.all().with(7, FilePriority.LOW).isWhole()).isTrue();
        assertThat(FileSelection.all().with(7, FilePriority.OFF).isWhole()).isFalse();
        assertThat(ONE_AND_THREE.isWhole()).isFalse();
    }

    @Test
    void tellsAnotherUrgencyFromOtherFiles() {
        assertThat(FileSelection.all().wantsTheSame(FileSelection.all().with(7, FilePriority.HIGH)))
                .isTrue();
        assertThat(FileSelection.all().wantsTheSame(FileSelection.all().with(7, FilePriority.OFF)))
                .isFalse();
        assertThat(ONE_AND_THREE.wantsTheSame(ONE_AND_THREE.with(3, FilePriority.LOW)))
                .isTrue();
        assertThat(ONE_AND_THREE.wantsTheSame(ONE_AND_THREE.with(4, FilePriority.LOW)))
                .isFalse();
        assertThat(ONE_AND_THREE.with(4, FilePriority.LOW).wantsTheSame(ONE_AND_THREE))
                .isFalse();
    }

    @Test
    void findsNamedFilesThatAreNotThere() {
        assertThat(ONE_AND_THREE.notAmong(4)).isEmpty();
        assertThat(ONE_AND_THREE.notAmong(3)).hasValue(3);
        assertThat(FileSelection.all().with(-1, FilePriority.HIGH).notAmong(3)).hasValue(-1);
    }
}
