package ahti.config;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.fuzz.FuzzTarget;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a user sets, a line per setting: a configuration, or a sentence that says what is wrong. */
public final class ConfigurationTarget implements FuzzTarget {
    @Override
    public String name() {
        return "settings";
    }

    @Override
    public void check(byte[] input) {
        List<String> settings =
                new String(input, StandardCharsets.UTF_8).lines().limit(5).toList();
        try {
            Configuration read = Configuration.load(Optional.empty(), false, settings, Map.of());
            assertThat(Configuration.load(Optional.empty(), false, read.changes(), Map.of())
                            .ahti())
                    .isEqualTo(read.ahti());
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageMatching("(?s).+");
        }
    }
}
