package ahti.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.cli.command.Commands;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {

    @ParameterizedTest
    @CsvSource({
        "a.torrent, get a.torrent",
        "-d dir a.torrent, get -d dir a.torrent",
        "-q a.torrent, get -q a.torrent",
        "--log f -v info x, info --log f -v x",
        "--log=f info x, info --log=f x",
        "info x, info x",
        "--help, --help",
        "-q --version, -q --version",
        "--seed a.torrent, get --seed=forever a.torrent",
        "--seed=2.0 a.torrent, get --seed=2.0 a.torrent",
        "-, get -",
        "-q, get -q",
        "'', ''"
    })
    void putsTheCommandFirst(String given, String arranged) {
        assertThat(Arguments.arrange(words(given), Commands.NAMES)).isEqualTo(words(arranged));
    }

    private static List<String> words(String line) {
        return line.isEmpty() ? List.of() : List.of(line.split(" "));
    }
}
