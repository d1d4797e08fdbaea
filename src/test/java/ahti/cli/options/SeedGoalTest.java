package ahti.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SeedGoalTest {

    @Test
    void tellsRatiosTimesAndForeverApart() {
        assertThat(SeedGoal.parse("2.0")).isEqualTo(new SeedGoal.Ratio(2));
        assertThat(SeedGoal.parse("1")).isEqualTo(new SeedGoal.Ratio(1));
        assertThat(SeedGoal.parse("30m")).isEqualTo(new SeedGoal.For(Duration.ofMinutes(30)));
        assertThat(SeedGoal.parse("forever")).isEqualTo(SeedGoal.Forever.FOREVER);
        assertThatThrownBy(() -> SeedGoal.parse("always")).hasMessageContaining("write a ratio such as 2.0");
    }

    @Test
    void isReachedByUploadOrByTime() {
        assertThat(new SeedGoal.Ratio(2).isReached(199, 100, Duration.ofDays(9)))
                .isFalse();
        assertThat(new SeedGoal.Ratio(2).isReached(200, 100, Duration.ZERO)).isTrue();
        assertThat(new SeedGoal.For(Duration.ofMinutes(1)).isReached(0, 100, Duration.ofSeconds(59)))
                .isFalse();
        assertThat(new SeedGoal.For(Duration.ofMinutes(1)).isReached(0, 100, Duration.ofSeconds(60)))
                .isTrue();
        assertThat(SeedGoal.None.NONE.isReached(0, 100, Duration.ZERO)).isTrue();
        assertThat(SeedGoal.Forever.FOREVER.isReached(1000, 1, Duration.ofDays(9)))
                .isFalse();
    }
}
