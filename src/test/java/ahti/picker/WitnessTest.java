package ahti.picker;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import ahti.core.Bitfield;
import ahti.core.PieceSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WitnessTest {

    @Seeds(200)
    void saysWhatCountingSaysWhateverComesAndGoes(long seed) {
        Random random = new Random(seed);
        int pieces = 1 + random.nextInt(200);
        PieceSet set = any(pieces, random);
        Holdings has = Holdings.of(any(pieces, random).toBitfield());
        Witness witness = new Witness();
        long additions = 0;

        for (int step = 0; step < 300; step++) {
            int piece = random.nextInt(pieces);
            switch (random.nextInt(8)) {
                case 0 -> additions += set.add(piece) ? 1 : 0;
                case 1 -> {
                    if (has.add(piece)) {
                        witness.gained(piece, set);
                    }
                }
                case 2 -> {
                    has = Holdings.of(any(pieces, random).toBitfield());
                    witness.forget();
                }
                default -> set.remove(piece);
            }
            assertThat(witness.holds(has, set, additions)).isEqualTo(has.countCommon(set) > 0);
        }
    }

    @Test
    void knowsOfAPieceThatCameWhileItWasNotAsked() {
        PieceSet set = new PieceSet(100);
        Holdings has = Holdings.of(only(7));
        Witness witness = new Witness();
        assertThat(witness.holds(has, set, 0)).isFalse();

        set.add(7);

        assertThat(witness.holds(has, set, 1)).isTrue();
    }

    private static Bitfield only(int piece) {
        PieceSet set = new PieceSet(100);
        set.add(piece);
        return set.toBitfield();
    }

    private static PieceSet any(int pieces, Random random) {
        PieceSet set = new PieceSet(pieces);
        int ofTen = random.nextInt(4);
        for (int piece = 0; piece < pieces; piece++) {
            if (random.nextInt(10) < ofTen) {
                set.add(piece);
            }
        }
        return set;
    }
}
