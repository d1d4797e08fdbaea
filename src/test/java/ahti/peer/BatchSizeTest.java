package ahti.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BatchSizeTest {
    private long now = TimeUnit.SECONDS.toNanos(5);
    private final BatchSize size = new BatchSize(now);

    @Test
    void aFastLineGetsLargerBatchesUpToTheMost() {
        assertThat(after(1)).isEqualTo(2 * BatchSize.LEAST);
        assertThat(after(10)).isEqualTo(4 * BatchSize.LEAST);
        assertThat(after(0)).isEqualTo(BatchSize.MOST);
    }

    @Test
    void aLineThatSlowsDownGetsSmallerOnesDownToTheLeast() {
        after(1);
        after(1);

        assertThat(after(50)).isEqualTo(2 * BatchSize.LEAST);
        assertThat(after(1000)).isEqualTo(BatchSize.LEAST);
        assertThat(after(1000)).isEqualTo(BatchSize.LEAST);
    }

    @Test
    void inBetweenNothingChanges() {
        after(1);

        assertThat(after(11)).isEqualTo(2 * BatchSize.LEAST);
        assertThat(after(49)).isEqualTo(2 * BatchSize.LEAST);
    }

    private int after(int millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
        return size.taken(now);
    }
}
