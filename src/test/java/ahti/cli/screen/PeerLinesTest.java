package ahti.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import ahti.torrent.PeerStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PeerLinesTest {
    private static final Paint PLAIN = new Paint(false, true);

    @Test
    void theBusiestComeFirstWithTheirReasons() {
        List<String> lines = PeerLines.draw(List.of(Peers.choking(1), Peers.feeding(2, 1 << 20)), 10, 160, PLAIN);

        assertThat(lines)
                .containsExactly(
                        "10.0.0.2:6881         -TR3000- ↓ 1.0 MiB/s   ↑ 0 B/s       "
                                + "piece 2, 16 blocks: rarest first: 2 peers have it; choked for 7 s: it is not interested",
                        "10.0.0.1:6881         -TR3000- ↓ 0 B/s       ↑ 0 B/s       "
                                + "it has choked us for 12 s; choked for 7 s: it is not interested");
    }

    @Test
    void whereThereIsNoRoomForAllTheRestIsCounted() {
        List<PeerStatus> peers = List.of(Peers.choking(1), Peers.choking(2), Peers.choking(3));

        assertThat(PeerLines.draw(peers, 3, 80, PLAIN)).hasSize(3);
        assertThat(PeerLines.draw(peers, 2, 80, PLAIN)).hasSize(2).last().isEqualTo("and 2 more");
        assertThat(PeerLines.draw(peers, 0, 80, PLAIN)).isEmpty();
        assertThat(PeerLines.draw(List.of(), 5, 80, PLAIN)).containsExactly("no peers are connected");
    }

    @Seeds(100)
    void fillsNeitherTheWidthNorMoreThanTheRows(long seed) {
        Random random = new Random(seed);
        List<PeerStatus> peers = new ArrayList<>();
        for (int i = random.nextInt(40); i > 0; i--) {
            peers.add(random.nextBoolean() ? Peers.choking(i) : Peers.feeding(i, random.nextLong(1L << 40)));
        }
        int rows = random.nextInt(30) - 3;
        int columns = 21 + random.nextInt(200);

        assertThat(PeerLines.draw(peers, rows, columns, PLAIN))
                .hasSizeLessThanOrEqualTo(Math.max(0, rows))
                .allSatisfy(line -> {
                    assertThat(Columns.width(line)).isLessThan(columns);
                    assertThat(line).doesNotContainPattern("\\p{Cntrl}");
                });
    }
}
