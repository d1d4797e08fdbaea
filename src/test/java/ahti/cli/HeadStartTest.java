package ahti.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadStartTest {
    @ParameterizedTest
    @CsvSource({
        "get x.torrent, true",
        "x.torrent, true",
        "-q seed x.torrent, true",
        "get --help, false",
        "info x.torrent, false",
        "verify x.torrent, false",
        "--help, false",
        "'', false"
    })
    void isForCommandsWithAnEngine(String line, boolean worthIt) {
        assertThat(HeadStart.isWorthIt(line.isEmpty() ? List.of() : List.of(line.split(" "))))
                .isEqualTo(worthIt);
    }
}
