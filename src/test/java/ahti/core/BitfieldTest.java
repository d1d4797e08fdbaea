package ahti.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ahti.Seeds;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BitfieldTest {

    @Seeds(300)
    void saysOfEveryPieceWhatItsBytesSay(long seed) {
        Random random = new Random(seed);
        boolean[] has = anyPieces(random);

        Bitfield read = Bitfield.fromWire(bytes(has), has.length);

        assertThat(read.size()).isEqualTo(has.length);
        for (int piece = 0; piece < has.length; piece++) {
            assertThat(read.get(piece)).as("piece " + piece).isEqualTo(has[piece]);
            assertThat(read.toSet().contains(piece)).as("piece " + piece).isEqualTo(has[piece]);
        }
        assertThat(read.count()).isEqualTo(read.toSet().count()).isEqualTo(count(has));
        assertThat(read.toWire()).isEqualTo(bytes(has));
        assertThat(read.toSet().toBitfield()).isEqualTo(read);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 63, 64, 65, 128, 1000})
    void isTheSameWhetherItIsCalledFullOrReadAsFull(int pieces) {
        Bitfield all = Bitfield.all(pieces);

        assertThat(Bitfield.fromWire(all.toWire(), pieces)).isEqualTo(all);
        assertThat(all.toSet().isFull()).isTrue();
        assertThat(all.toSet().nextClear(0)).isEqualTo(-1);
        assertThat(Bitfield.fromWire(Bitfield.none(pieces).toWire(), pieces)).isEqualTo(Bitfield.none(pieces));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 63, 65})
    void isNotReadFromBytesThatNamePiecesBeyondTheLast(int pieces) {
        byte[] bytes = Bitfield.all(pieces + 1).toWire();

        assertThatIllegalArgumentException().isThrownBy(() -> Bitfield.fromWire(bytes, pieces));
    }

    @Seeds(20)
    void staysAsItIsWhenASetMadeOfItChanges(long seed) {
        boolean[] has = anyPieces(new Random(seed));
        Bitfield read = Bitfield.fromWire(bytes(has), has.length);

        PieceSet set = read.toSet();
        for (int piece = 0; piece < has.length; piece++) {
            assertThat(has[piece] ? set.remove(piece) : set.add(piece)).isTrue();
        }

        assertThat(read.toWire()).isEqualTo(bytes(has));
    }

    private static boolean[] anyPieces(Random random) {
        boolean[] has = new boolean[random.nextInt(300)];
        int ofTen = random.nextInt(11);
        for (int piece = 0; piece < has.length; piece++) {
            has[piece] = random.nextInt(10) < ofTen;
        }
        return has;
    }

    private static byte[] bytes(boolean[] has) {
        byte[] bytes = new byte[(has.length + 7) / 8];
        for (int piece = 0; piece < has.length; piece++) {
            bytes[piece / 8] |= (byte) (has[piece] ? 0x80 >> piece % 8 : 0);
        }
        return bytes;
    }

    private static int count(boolean[] has) {
        int count = 0;
        for (boolean there : has) {
            count += there ? 1 : 0;
        }
        return count;
    }
}
