package ahti.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ahti.cli.options.ByteRange.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
    @ParameterizedTest
    @CsvSource({"0-0, 0, 1", "5-9, 5, 10", "5-1000, 5, 100", "99-, 99, 100", "-1, 99, 100", "-1000, 0, 100"})
    void isCutToTheFile(String written, long from, long to) {
        assertThat(ByteRange.parse(written).in(100)).contains(new Span(from, to));
    }

    @ParameterizedTest
    @ValueSource(strings = {"100-", "100-200", "-0"})
    void maySayNothingOfAFile(String written) {
        assertThat(ByteRange.parse(written).in(100)).isEmpty();
    }

    @Test
    void saysNothingOfAnEmptyFile() {
        assertThat(ByteRange.parse("0-").in(0)).isEmpty();
        assertThat(ByteRange.parse("-5").in(0)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "5", "9-5", "a-b", "0-1-2", "1,2", "9999999999999999999-"})
    void refusesWhatIsNoRange(String written) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ByteRange.parse(written))
                .withMessageContaining("is no range of bytes");
    }
}
