package ahti.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.Bitfield;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VerdictMapTest {
    private static final Paint PLAIN = new Paint(false, true);

    private static Bitfield pieces(int all, IntStream which) {
        byte[] bits = new byte[(all + 7) / 8];
        which.forEach(piece -> bits[piece / 8] |= (byte) (0x80 >> piece % 8));
        return Bitfield.fromWire(bits, all);
    }

    private static List<String> rows(int all, IntStream good, IntStream missing, int columns) {
        return new VerdictMap(pieces(all, good), pieces(all, missing), PLAIN).rows(columns);
    }

    @Test
    void aCellIsAPieceWhereThereIsRoom() {
        assertThat(rows(12, IntStream.range(0, 9), IntStream.of(10, 11), 11))
                .containsExactly(" 0 ████████", " 8 █!··", "█ good  ! bad  · missing");
    }

    @Test
    void aCellOfSeveralPiecesIsAsFullAsItHasGoodOnesAndBadWithOneBad() {
        List<String> rows = rows(4 * 64 * 16, IntStream.of(0, 1, 4, 5), IntStream.of(2, 3, 8, 9, 10, 11), 80);

        assertThat(rows).hasSize(17);
        assertThat(rows.get(0)).isEqualTo("   0 ▄!·" + "!".repeat(61));
        assertThat(rows.get(1)).startsWith(" 256 !");
        assertThat(rows.get(16)).endsWith("(4 pieces a cell)");
    }

    @Test
    void aTorrentWithoutPiecesHasNoRows() {
        assertThat(rows(0, IntStream.empty(), IntStream.empty(), 80)).containsExactly("█ good  ! bad  · missing");
    }
}
