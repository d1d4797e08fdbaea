package ahti.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Max-min fairness. */
class FairSplitTest {

    @Test
    void theModestGetWhatTheyWantAndTheOthersEqualParts() {
        FairSplit split = FairSplit.of(100, 10, 90, 500);
        assertThat(split.part(0)).isEqualTo(10);
        assertThat(split.part(1)).isEqualTo(45);
        assertThat(split.part(2)).isEqualTo(45);
        assertThat(split.level()).isEqualTo(45);
    }

    @Test
    void whenThereIsEnoughAnyOfThemCouldHaveHadTheRest() {
        FairSplit split = FairSplit.of(100, 10, 20);
        assertThat(split.part(0)).isEqualTo(10);
        assertThat(split.part(1)).isEqualTo(20);
        assertThat(split.level()).isEqualTo(90);
    }

    @Test
    void nobodyGetsAnythingOfNothing() {
        assertThat(FairSplit.of(0, 3, 4).part(1)).isZero();
        assertThat(FairSplit.of(7).level()).isEqualTo(7);
    }
}
