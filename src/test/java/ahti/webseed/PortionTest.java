package ahti.webseed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PortionTest {
    private static final int MOST = 4 << 20;
    private static final int BLOCK = 16 * 1024;

    private final Portion portion = new Portion(MOST, Duration.ofSeconds(60));

    /** An answer at that rate. */
    private void comesAt(int perSecond) {
        portion.came(portion.bytes(), Duration.ofSeconds(1).toNanos() * portion.bytes() / perSecond);
    }

    @Test
    void beginsWithLittleAndGrowsAsFastAsTheServerShows() {
        assertThat(portion.bytes()).isEqualTo(128 * 1024);
        comesAt(10 << 20);
        assertThat(portion.bytes()).isEqualTo(512 * 1024);
        comesAt(10 << 20);
        comesAt(10 << 20);
        assertThat(portion.bytes()).isEqualTo(MOST);
    }

    @Test
    void asksASlowServerForWhatComesInAQuarterOfThePatience() {
        comesAt(5 * 1024);
        assertThat(portion.bytes()).isEqualTo(15 * 5 * 1024);
        comesAt(100);
        assertThat(portion.bytes()).as("a block at least").isEqualTo(BLOCK);
    }

    @Test
    void aFewBytesSayNothingOfARate() {
        portion.came(100, Duration.ofSeconds(1).toNanos());

        assertThat(portion.bytes()).isEqualTo(128 * 1024);
    }

    @Test
    void afterAFailureItBeginsWithABlock() {
        portion.failed();

        assertThat(portion.bytes()).isEqualTo(BLOCK);
    }

    @Test
    void aLimitMakesItASecondsWorth() {
        assertThat(portion.bytes(50_000)).isEqualTo(50_000);
        assertThat(portion.bytes(0)).isEqualTo(BLOCK);
        assertThat(portion.bytes(10 << 20)).isEqualTo(128 * 1024);
    }

    @Test
    void whatComesWholeIsAskedForAtOnce() {
        portion.comesWhole();

        assertThat(portion.bytes()).isEqualTo(MOST);
    }
}
