package ahti.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HandlesTest {
    private final AtomicLong free = new AtomicLong(100);
    private final AtomicInteger counted = new AtomicInteger();
    private final Handles handles = new Handles(
            () -> {
                counted.incrementAndGet();
                return free.get();
            },
            40);

    private int taken(int most) {
        int taken = 0;
        while (taken < most && handles.take()) {
            taken++;
            free.decrementAndGet();
        }
        return taken;
    }

    @Test
    void givesOutAllButTheReserve() {
        assertThat(taken(1_000)).isEqualTo(60);
        assertThat(free).hasValue(40);
    }

    @Test
    void goesOnWhenHandlesComeFree() {
        taken(1_000);
        free.addAndGet(5);
        assertThat(taken(1_000)).isEqualTo(5);
    }

    @Test
    void whatFilesTakeMeanwhileIsSoonSeen() {
        taken(10);
        free.set(41);
        assertThat(taken(1_000)).isLessThanOrEqualTo(15);
        assertThat(handles.take()).isFalse();
    }

    @Test
    void countsSeldomWhileManyAreFree() {
        free.set(100_000);
        taken(1_000);
        assertThat(counted).hasValue(1);
    }
}
