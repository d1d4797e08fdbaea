package ahti.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {

    @ParameterizedTest
    @MethodSource("numbers")
    void refusesANegativeNumberOfAnyKeyAndNamesIt(String key, String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> load(key + "=" + value))
                .withMessageContaining("ahti." + key)
                .withMessageContaining(value);
    }

    /** Every key whose value begins with a digit, and that value below zero. */
    static Stream<Arguments> numbers() {
        Stream<Map.Entry<String, ConfigValue>> entries =
                ConfigFactory.defaultReference().getConfig("ahti").entrySet().stream();
        List<Arguments> numbers = entries.map(entry ->
                        Map.entry(entry.getKey(), entry.getValue().unwrapped().toString()))
                .filter(entry -> entry.getValue().matches("[0-9]+ *[a-zA-Z]*"))
                .map(entry ->
                        Arguments.of(entry.getKey(), "-" + entry.getValue().replaceFirst("^0", "1")))
                .toList();
        assertThat(numbers).hasSizeGreaterThan(50);
        return numbers.stream();
    }

    @ParameterizedTest
    @ValueSource(ints = {100_000, 1_000_000})
    void refusesBracketsInsideEachOtherWithASentence(int depth, @TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("deep.conf"), "a=" + "[".repeat(depth));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Configuration.load(Optional.of(file), true, List.of(), Map.of()))
                .withMessage("configuration: too many brackets inside each other");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> load("net.blocked=" + "[".repeat(depth)))
                .withMessage("configuration: too many brackets inside each other");
    }

    @Test
    void takesTimesThatAreLongerThanAnybodyLives() {
        assertThat(load("peer.silence-timeout=9999999999999999d").ahti().peer().silenceTimeout())
                .isPositive();
    }

    private static Configuration load(String setting) {
        return Configuration.load(Optional.empty(), false, List.of(setting), Map.of());
    }
}
