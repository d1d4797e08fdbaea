package ahti.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileChoiceTest {
    private static final List<String> PATHS = List.of("readme.txt", "cd1/a.iso", "cd1/b.ISO", "cd2/a.iso", "x[1].txt");

    @Test
    void countsFromOne() {
        assertThat(chosen("1")).containsExactly(0);
        assertThat(chosen("1,3-4")).containsExactly(0, 2, 3);
        assertThat(chosen("4-")).containsExactly(3, 4);
        assertThat(chosen("2", "5")).containsExactly(1, 4);
    }

    @Test
    void matchesNamesAnywhereAndPathsWithASlash() {
        assertThat(chosen("*.iso")).containsExactly(1, 2, 3);
        assertThat(chosen("cd1/*")).containsExactly(1, 2);
        assertThat(chosen("**/?.iso")).containsExactly(1, 2, 3);
        assertThat(chosen("cd[2-9]/*")).containsExactly(3);
        assertThat(chosen("cd[!2]/*")).containsExactly(1, 2);
        assertThat(chosen("x[[]1].txt")).containsExactly(4);
    }

    @Test
    void understandsRegularExpressionsWithCommas() {
        assertThat(chosen("/^cd\\d{1,2}.a/")).containsExactly(1, 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "6", "4-9", "3-2", "*.mkv", "/mkv/"})
    void saysWhenThereIsNoSuchFile(String written) {
        assertThatThrownBy(() -> chosen(written))
                .isInstanceOf(FileChoice.NoSuchFile.class)
                .hasMessageContaining("--list");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1,,2", "/[/"})
    void refusesWhatCannotBeUnderstood(String written) {
        assertThatThrownBy(() -> chosen(written))
                .isInstanceOf(IllegalArgumentException.class)
                .isNotInstanceOf(FileChoice.NoSuchFile.class);
    }

    private static Set<Integer> chosen(String... written) {
        return FileChoice.choose(List.of(written), PATHS);
    }
}
