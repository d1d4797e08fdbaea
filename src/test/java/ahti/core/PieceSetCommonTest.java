package ahti.core;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import java.util.Random;

/** What two sets have in common. */
class PieceSetCommonTest {

    @Seeds(30)
    void countsAndFindsWhatIsInBoth(long seed) {
        Random random = new Random(seed);
        int size = 1 + random.nextInt(200);
        PieceSet one = new PieceSet(size);
        PieceSet other = new PieceSet(size);
        PieceSet both = new PieceSet(size);
        for (int piece = 0; piece < size; piece++) {
            boolean inOne = random.nextInt(3) == 0 && one.add(piece);
            boolean inOther = random.nextInt(3) == 0 && other.add(piece);
            if (inOne && inOther) {
                both.add(piece);
            }
        }

        assertThat(one.countCommon(other)).isEqualTo(both.count());
        for (int from = 0; from <= size; from++) {
            assertThat(one.nextCommon(other, from)).isEqualTo(both.nextSet(from));
        }
    }
}
