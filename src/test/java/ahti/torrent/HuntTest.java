package ahti.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.ConnectionId;
import ahti.core.InfoBytes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

class HuntTest {
    private static final int SIZE = 10 * InfoBytes.BLOCK + 5;
    private static final int MOST = 1_000_000;

    private final byte[] right = new byte[SIZE];
    private final Hunt hunt = new Hunt(info -> Arrays.equals(info.toArray(), right), MOST);

    private static ConnectionId peer(int number) {
        return new ConnectionId(number);
    }

    private ByteString block(int index) {
        return ByteString.fromArray(right)
                .slice(index * InfoBytes.BLOCK, Math.min(SIZE, (index + 1) * InfoBytes.BLOCK));
    }

    private static long seconds(long seconds) {
        return seconds * 1_000_000_000L;
    }

    @Test
    void asksAFewBlocksAheadUntilTheLast() {
        hunt.offers(peer(1), SIZE);
        List<Hunt.Ask> asks = hunt.next(0);
        assertThat(asks).extracting(Hunt.Ask::block).containsExactly(0, 1, 2, 3);

        for (int index = 0; index < 10; index++) {
            assertThat(hunt.came(peer(1), index, block(index), 0)).isEqualTo(Hunt.Wait.INSTANCE);
            hunt.next(0);
        }

        assertThat(hunt.came(peer(1), 10, block(10), 0))
                .isEqualTo(new Hunt.Found(new InfoBytes(ByteBuffer.wrap(right))));
    }

    @Test
    void asksNobodyForMoreThanAllMayHaveTogether() {
        for (int number = 0; number < 20; number++) {
            hunt.offers(peer(number), MOST / 2);
        }
        assertThat(hunt.next(0)).extracting(Hunt.Ask::of).containsOnly(peer(0), peer(1));
    }

    @Test
    void looksAtNoSizeThatIsAbsurd() {
        hunt.offers(peer(1), MOST + 1L);
        hunt.offers(peer(2), 0);
        hunt.offers(peer(3), Long.MIN_VALUE);

        assertThat(hunt.next(0)).isEmpty();
        assertThat(hunt.size()).isZero();
    }

    @Test
    void whoeverIsSilentGoesToTheEndOfTheLine() {
        for (int number = 0; number < Hunt.AT_ONCE + 1; number++) {
            hunt.offers(peer(number), SIZE);
        }
        assertThat(hunt.next(0)).extracting(Hunt.Ask::of).doesNotContain(peer(Hunt.AT_ONCE));
        hunt.came(peer(0), 0, block(0), seconds(5));

        List<Hunt.Ask> later = hunt.next(seconds(8));

        assertThat(later).extracting(Hunt.Ask::of).contains(peer(Hunt.AT_ONCE));
        assertThat(hunt.have()).isEqualTo(InfoBytes.BLOCK);
    }

    @Test
    void manyWhoAreSilentHoldNobodyUpForLong() {
        Hunt roomy = new Hunt(info -> false, 100_000_000);
        for (int number = 0; number < 40; number++) {
            roomy.offers(peer(number), SIZE);
        }
        roomy.offers(peer(100), SIZE);
        boolean asked = false;
        for (int second = 0; second <= 7; second++) {
            asked |= roomy.next(seconds(second)).stream()
                    .anyMatch(ask -> ask.of().equals(peer(100)));
        }

        assertThat(asked).isTrue();
    }

    @Test
    void whoClaimsMuchMakesRoomForWhoClaimsLess() {
        hunt.offers(peer(1), MOST);
        assertThat(hunt.next(0)).extracting(Hunt.Ask::of).containsOnly(peer(1));
        hunt.offers(peer(2), SIZE);

        assertThat(hunt.next(0)).extracting(Hunt.Ask::of).containsOnly(peer(2));
        assertThat(hunt.next(seconds(60))).extracting(Hunt.Ask::of).contains(peer(1));
    }

    @Test
    void whoDripsMakesRoomWhenItIsOverdue() {
        Hunt large = new Hunt(info -> false, 100_000_000);
        ByteString some = ByteString.fromArray(new byte[InfoBytes.BLOCK]);
        for (int number = 0; number < Hunt.AT_ONCE; number++) {
            large.offers(peer(number), 60 * InfoBytes.BLOCK);
        }
        large.next(0);
        large.offers(peer(100), 60 * InfoBytes.BLOCK);
        long now = 0;
        // A block each 900 ms would take 54 s; 60 blocks may take 8 + 15 s.
        for (int block = 0; large.next(now).stream().noneMatch(ask -> ask.of().equals(peer(100))); block++) {
            for (int number = 0; number < Hunt.AT_ONCE; number++) {
                assertThat(large.came(peer(number), block, some, now)).isEqualTo(Hunt.Wait.INSTANCE);
            }
            now += seconds(1) - 100_000_000;
        }

        assertThat(now).isBetween(seconds(23), seconds(25));
    }

    @Test
    void whoeverRefusesIsLeftAloneLongerEachTime() {
        hunt.offers(peer(1), SIZE);
        hunt.next(0);
        hunt.refused(peer(1), 0);
        hunt.refused(peer(1), 0);

        assertThat(hunt.next(seconds(3) - 1)).isEmpty();
        assertThat(hunt.next(seconds(3))).hasSize(Hunt.PIPELINE);
        hunt.refused(peer(1), seconds(3));
        assertThat(hunt.next(seconds(9) - 1)).isEmpty();
        assertThat(hunt.next(seconds(9))).hasSize(Hunt.PIPELINE);
    }

    @Test
    void whatNobodyAskedForIsNotKept() {
        hunt.offers(peer(1), SIZE);
        hunt.next(0);

        assertThat(hunt.came(peer(1), 7, block(7), 0)).isEqualTo(Hunt.Wait.INSTANCE);
        assertThat(hunt.came(peer(1), -1, block(0), 0)).isEqualTo(Hunt.Wait.INSTANCE);
        assertThat(hunt.came(peer(2), 0, block(0), 0)).isEqualTo(Hunt.Wait.INSTANCE);

        assertThat(hunt.have()).isZero();
    }

    @Test
    void aBlockOfTheWrongLengthIsALie() {
        hunt.offers(peer(1), SIZE);
        hunt.next(0);

        assertThat(hunt.came(peer(1), 0, block(10), 0)).isEqualTo(Hunt.Lie.INSTANCE);

        assertThat(hunt.next(0)).isEmpty();
    }
}
