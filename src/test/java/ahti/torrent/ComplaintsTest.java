package ahti.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ComplaintsTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Complaints complaints = new Complaints(-5 * SECOND);

    private int toldOf(int many, long now) {
        int told = 0;
        for (int i = 0; i < many; i++) {
            told += complaints.may(now) ? 1 : 0;
        }
        return told;
    }

    @Test
    void aFloodIsToldOfAHundredTimesAndThenTenTimesASecond() {
        assertThat(toldOf(10_000, 0)).isEqualTo(100);
        assertThat(toldOf(10_000, SECOND)).isEqualTo(10);
        assertThat(toldOf(10_000, 61 * SECOND)).isEqualTo(100);
    }

    @Test
    void whatComesNowAndThenIsAlwaysToldOf() {
        for (int second = 0; second < 1_000; second++) {
            assertThat(toldOf(10, second * SECOND)).isEqualTo(10);
        }
    }
}
