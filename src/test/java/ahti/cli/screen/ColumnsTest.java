package ahti.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnsTest {

    @ParameterizedTest
    @CsvSource({"abc, 3", "漢字, 4", "e\u0301, 1", "ｶﾅ, 2", "한글, 4", "😀, 2", "a\u200db, 2", "'', 0"})
    void countsWideAndCombiningCharacters(String text, int columns) {
        assertThat(Columns.width(text)).isEqualTo(columns);
    }

    @ParameterizedTest
    @CsvSource({"abcdef, 6, abcdef", "abcdef, 5, abcd…", "漢字漢字, 6, 漢字…", "漢字漢字, 5, 漢字…", "漢, 1, …", "abc, 0, ''"})
    void cutsBetweenCharacters(String text, int columns, String cut) {
        assertThat(Columns.cut(text, columns)).isEqualTo(cut);
    }

    @Seeds(200)
    void fillsExactlyTheColumnsItIsGiven(long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(60); i > 0; i--) {
            text.appendCodePoint(
                    random.nextInt(4) == 0 ? 0x20000 + random.nextInt(999) : 0x20 + random.nextInt(0x3000));
        }
        int columns = 1 + random.nextInt(40);

        assertThat(Columns.width(Columns.fill(text.toString(), columns))).isEqualTo(columns);
    }
}
