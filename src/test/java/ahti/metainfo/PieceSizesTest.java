package ahti.metainfo;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PieceSizesTest {

    @ParameterizedTest
    @CsvSource({
        "0, 16384",
        "1, 16384",
        "34750000, 16384",
        "34800000, 32768",
        "1073741824, 524288",
        "35000000000, 16777216",
        "9223372036854775807, 16777216"
    })
    void choosesByTheSize(long bytes, int size) {
        assertThat(PieceSizes.choose(bytes)).isEqualTo(size);
    }

    @Seeds(200)
    void staysNear1500Pieces(long seed) {
        long bytes = 25_000_000 + (long) (new Random(seed).nextDouble() * 25e9);

        assertThat(bytes / PieceSizes.choose(bytes)).isBetween(1000L, 2200L);
    }
}
