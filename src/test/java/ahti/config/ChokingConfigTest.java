package ahti.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigException;
import org.junit.jupiter.api.Test;

class ChokingConfigTest {

    @Test
    void slotsAreAutomaticOrAFixedNumber() {
        ChokingConfig automatic = choking();
        assertThat(automatic.slotsMin()).isEqualTo(4);
        assertThat(automatic.slotsMax()).isEqualTo(50);

        ChokingConfig fixed = choking("ahti.torrent.upload-slots = 7");
        assertThat(fixed.slotsMin()).isEqualTo(7);
        assertThat(fixed.slotsMax()).isEqualTo(7);
    }

    @Test
    void aSeedServesOneAfterTheOtherOrTheFastest() {
        assertThat(choking().seeding()).isEqualTo(ChokingConfig.SeedChoking.ROUND_ROBIN);
        assertThat(choking("ahti.torrent.seed-choking = fastest").seeding())
                .isEqualTo(ChokingConfig.SeedChoking.FASTEST);
    }

    @Test
    void aValueThatMakesNoSenseIsRefusedByItsName() {
        refuses("ahti.torrent.upload-slots = -1", "upload-slots");
        refuses("ahti.torrent.upload-slots = many", "upload-slots");
        refuses("ahti.torrent.upload-slots-max = 2", "upload-slots-max");
        refuses("ahti.torrent.seed-pieces = 0", "seed-pieces");
        refuses("ahti.torrent.seed-choking = nicest", "round-robin or fastest, not nicest");
    }

    private static void refuses(String line, String text) {
        assertThatThrownBy(() -> choking(line))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(text);
    }

    private static ChokingConfig choking(String... lines) {
        return AhtiConfig.load(lines).torrent().choking();
    }
}
