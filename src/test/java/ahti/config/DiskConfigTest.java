package ahti.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;

class DiskConfigTest {
    @Test
    void theDefaultsAreLawfulAndHashOnEveryProcessor() {
        DiskConfig defaults = disk("");

        assertThat(defaults.maxOpenFiles()).isPositive();
        assertThat(defaults.hashers()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(disk("hashers = 3").hashers()).isEqualTo(3);
    }

    @Test
    void aValueThatMakesNoSenseIsRefusedByItsName() {
        assertThatThrownBy(() -> disk("max-open-files = 0"))
                .isInstanceOf(ConfigException.BadValue.class)
                .hasMessageContaining("ahti.disk.max-open-files");
        assertThatThrownBy(() -> disk("hashers = -1"))
                .isInstanceOf(ConfigException.BadValue.class)
                .hasMessageContaining("ahti.disk.hashers");
    }

    private static DiskConfig disk(String settings) {
        return AhtiConfig.from(ConfigFactory.parseString("ahti.disk { " + settings + " }")
                        .withFallback(ConfigFactory.defaultReference())
                        .resolve())
                .disk();
    }
}
