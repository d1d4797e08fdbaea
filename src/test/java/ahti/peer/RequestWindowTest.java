package ahti.peer;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.BlockRef;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RequestWindowTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final RequestWindow window = new RequestWindow(PeerRig.CONFIG, 0);

    @Test
    void growsByOneWithEachBlockWhileThePeerGetsFaster() {
        window.arrived(4, 4L * BlockRef.MAX_LENGTH, SECOND / 10);
        window.arrived(8, 8L * BlockRef.MAX_LENGTH, SECOND / 5);

        assertThat(window.length()).isEqualTo(16);
    }

    @Test
    void neverExceedsWhatThePeerQueues() {
        window.arrived(10_000, 10_000L * BlockRef.MAX_LENGTH, SECOND);

        assertThat(window.length()).isEqualTo(250);
    }

    @Test
    void settlesAtWhatThePeerDeliversInTheHorizon() {
        // 20 blocks a second, for ten seconds: three seconds' worth are 60.
        for (int second = 1; second <= 10; second++) {
            window.arrived(20, 20L * BlockRef.MAX_LENGTH, second * SECOND);
            window.tick(second * SECOND);
        }

        assertThat(window.length()).isBetween(55, 72);
    }

    @Test
    void asksASlowPeerForLittle() {
        // A block every other second: three seconds' worth are two.
        for (int second = 1; second <= 10; second++) {
            window.arrived(second % 2, second % 2 * (long) BlockRef.MAX_LENGTH, second * SECOND);
            window.tick(second * SECOND);
        }

        assertThat(window.length()).isEqualTo(2);
    }

    @Test
    void beginsAnewWhenThePeerLetsUsAskAgain() {
        for (int second = 1; second <= 10; second++) {
            window.arrived(100, 100L * BlockRef.MAX_LENGTH, second * SECOND);
            window.tick(second * SECOND);
        }
        window.unchoked(60 * SECOND);
        assertThat(window.length()).isEqualTo(4);
        assertThat(window.timeoutNanos(4, 65 * SECOND)).isEqualTo(60 * SECOND);

        window.arrived(4, 4L * BlockRef.MAX_LENGTH, 60 * SECOND + SECOND / 10);

        assertThat(window.length()).isEqualTo(8);
    }

    @Test
    void aPeerThatTimedOutIsAskedForOneBlockUntilItDelivers() {
        window.timedOut();
        window.tick(SECOND);
        assertThat(window.length()).isEqualTo(1);

        window.arrived(1, BlockRef.MAX_LENGTH, 2 * SECOND);

        assertThat(window.length()).isEqualTo(2);
    }

    @Test
    void waitsLongForThePeerThatNeverDeliveredAndNotLongerThanNeededForOthers() {
        assertThat(window.timeoutNanos(4, SECOND)).isEqualTo(60 * SECOND);

        window.arrived(100, 100L * BlockRef.MAX_LENGTH, SECOND);
        assertThat(window.timeoutNanos(4, SECOND)).isEqualTo(6 * SECOND);

        // One block in two seconds: 40 owed take 80 s, more than the most.
        RequestWindow slow = new RequestWindow(PeerRig.CONFIG, 0);
        slow.arrived(1, BlockRef.MAX_LENGTH, 2 * SECOND);
        assertThat(slow.timeoutNanos(40, 2 * SECOND)).isEqualTo(60 * SECOND);
    }
}
