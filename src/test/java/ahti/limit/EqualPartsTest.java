package ahti.limit;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EqualPartsTest {
    private static final long MIB = 1 << 20;

    @Test
    void fewHaveTheMostThatOneMayHave() {
        EqualParts parts = new EqualParts(64 * MIB, MIB);

        assertThat(parts.among(64)).isFalse();
        assertThat(parts.part()).isEqualTo(MIB);
    }

    @Test
    void partsChangeWhenTheNumberPassesAPowerOfTwo() {
        EqualParts parts = new EqualParts(64 * MIB, MIB);

        assertThat(parts.among(65)).isTrue();
        assertThat(parts.part()).isEqualTo(MIB / 2);
        assertThat(parts.among(128)).isFalse();
        assertThat(parts.among(500)).isTrue();
        assertThat(parts.part()).isEqualTo(MIB / 8);
    }

    @Test
    void nobodyHasTooLittleToWork() {
        EqualParts parts = new EqualParts(64 * MIB, MIB);

        parts.among(1_000_000);

        assertThat(parts.part()).isEqualTo(EqualParts.LEAST);
    }

    @Seeds(50)
    void allTogetherHaveNoMoreThanTheWholeAndNoLessThanHalfOfIt(long seed) {
        int sharers = 1 + new Random(seed).nextInt(2_000);
        EqualParts parts = new EqualParts(64 * MIB, 64 * MIB);

        parts.among(sharers);

        assertThat(sharers * parts.part()).isBetween(32 * MIB, 64 * MIB);
    }
}
