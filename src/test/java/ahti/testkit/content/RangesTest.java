package ahti.testkit.content;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import java.util.BitSet;
import java.util.Random;

class RangesTest {
    private static final int MOST = 60;

    @Seeds(200)
    void holdsWhatAPlainSetOfPositionsHolds(long seed) {
        Random random = new Random(seed);
        Ranges ranges = new Ranges();
        BitSet plain = new BitSet();
        for (int i = 0; i < 40; i++) {
            int from = random.nextInt(MOST);
            int to = Math.min(MOST, from + random.nextInt(12));
            if (random.nextInt(3) > 0) {
                ranges.add(from, to);
                plain.set(from, to);
            } else {
                ranges.remove(from, to);
                plain.clear(from, to);
            }
            Ranges copy = ranges.copy();
            assertSame(i % 2 == 0 ? ranges : copy, plain, random);
        }
    }

    private static void assertSame(Ranges ranges, BitSet plain, Random random) {
        int runs = 0;
        for (int at = 0; at < MOST; at++) {
            assertThat(ranges.contains(at)).isEqualTo(plain.get(at));
            runs += plain.get(at) && (at == 0 || !plain.get(at - 1)) ? 1 : 0;
        }
        assertThat(ranges.runs()).isEqualTo(runs);
        assertThat(ranges.total()).isEqualTo(plain.cardinality());
        int from = random.nextInt(MOST);
        int to = from + random.nextInt(MOST - from);
        int inside = plain.get(from, to).cardinality();
        assertThat(ranges.count(from, to)).isEqualTo(inside);
        assertThat(ranges.contains(from, to)).isEqualTo(inside == to - from);
        int end = plain.get(from) ? plain.nextClearBit(from) : plain.nextSetBit(from);
        assertThat(ranges.stretchEnd(from, to)).isEqualTo(end < 0 ? to : Math.min(end, to));
        int room = random.nextInt(10);
        int cut = from;
        for (int missing = 0; cut < to; cut++) {
            missing += plain.get(cut) ? 0 : 1;
            if (missing > room) {
                break;
            }
        }
        assertThat(ranges.cutAfterMissing(from, to, room)).isEqualTo(cut);
    }
}
