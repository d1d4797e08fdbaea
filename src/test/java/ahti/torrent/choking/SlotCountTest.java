package ahti.torrent.choking;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlotCountTest {

    @Test
    void aFixedNumberStays() {
        SlotCount fixed = new SlotCount(5, 5);
        for (int round = 0; round < 20; round++) {
            fixed.roundOver(round * 1_000_000L, 50);
            assertThat(fixed.slots()).isEqualTo(5);
        }
    }

    @Test
    void slotsFollowTheLine() {
        // Each peer takes 100 KB/s, the line carries 2 MB/s: twenty slots fill it.
        assertThat(settled(new SlotCount(4, 50), 100_000, 2_000_000)).isBetween(18, 21);
        // One peer alone fills it.
        assertThat(settled(new SlotCount(4, 50), 5_000_000, 2_000_000)).isBetween(4, 5);
    }

    @Test
    void slotsGoWhenTheLineBecomesSlower() {
        SlotCount count = new SlotCount(4, 50);
        assertThat(settled(count, 100_000, 2_000_000)).isBetween(18, 21);
        assertThat(settled(count, 100_000, 600_000)).isBetween(5, 8);
    }

    @Test
    void nobodyWaitsSoNoSlotIsOpened() {
        SlotCount count = new SlotCount(4, 50);
        for (int round = 0; round < 50; round++) {
            count.roundOver(round * 1_000L, 0);
        }
        assertThat(count.slots()).isEqualTo(4);
    }

    private static int settled(SlotCount count, long perPeer, long line) {
        for (int round = 0; round < 300; round++) {
            count.roundOver(Math.min(line, perPeer * count.slots()), 100);
        }
        return count.slots();
    }

    @Seeds(100)
    void staysWithinItsBounds(long seed) {
        Random random = new Random(seed);
        int least = 1 + random.nextInt(5);
        int most = least + random.nextInt(20);
        SlotCount count = new SlotCount(least, most);
        for (int round = 0; round < 200; round++) {
            count.roundOver(random.nextLong(1L << random.nextInt(1, 40)), random.nextInt(3));
            assertThat(count.slots()).isBetween(least, most);
        }
    }
}
