package ahti.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeSpanTest {

    @ParameterizedTest
    @CsvSource({"90, PT90S", "90s, PT90S", "2m, PT2M", "1h30m, PT90M", "1d, PT24H", "' 5m ', PT5M"})
    void readsWhatUsersWrite(String written, Duration meant) {
        assertThat(TimeSpan.parse(written)).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0s", "m", "1.5h", "-1", "5 m", "30s1m", "99999999999"})
    void refusesWhatIsNotATime(String written) {
        assertThatThrownBy(() -> TimeSpan.parse(written))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + written.strip() + "' is not a time");
    }

    @ParameterizedTest
    @CsvSource({"0, 0 s", "59, 59 s", "60, 1:00", "125, 2:05", "3599, 59:59", "11565, 3:12:45", "442800, 5 d 3 h"})
    void showsTimesAsPeopleReadThem(long seconds, String shown) {
        assertThat(TimeSpan.show(seconds)).isEqualTo(shown);
    }
}
