package ahti.config;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.Limits;
import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;

class LimitsTest {
    @Test
    void theDefaultsInTheCodeAreThoseOfTheReference() {
        assertThat(AhtiConfig.from(ConfigFactory.defaultReference()).limits()).isEqualTo(Limits.DEFAULT);
    }
}
