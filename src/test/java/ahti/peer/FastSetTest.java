package ahti.peer;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.InfoHash;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class FastSetTest {
    private static final InfoHash TORRENT = InfoHash.parse("aa".repeat(20));

    private static InetAddress address(int... bytes) throws UnknownHostException {
        byte[] ip = new byte[bytes.length];
        for (int i = 0; i < ip.length; i++) {
            ip[i] = (byte) bytes[i];
        }
        return InetAddress.getByAddress(ip);
    }

    @Test
    void isTheSetOfTheStandardsExample() throws UnknownHostException {
        assertThat(FastSet.of(TORRENT, address(80, 4, 4, 200), 1313, 9))
                .containsExactly(1059, 431, 808, 1217, 287, 376, 1188, 353, 508);
    }

    @Test
    void isTheSameForAWholeNeighbourhood() throws UnknownHostException {
        assertThat(FastSet.of(TORRENT, address(80, 4, 4, 1), 1313, 10))
                .isEqualTo(FastSet.of(TORRENT, address(80, 4, 4, 255), 1313, 10));
    }

    @Test
    void endsWhenTheTorrentHasNoMorePieces() throws UnknownHostException {
        assertThat(FastSet.of(TORRENT, address(80, 4, 4, 200), 3, 10)).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void isEmptyForIpv6OfWhichTheStandardDoesNotSpeak() throws UnknownHostException {
        assertThat(FastSet.of(TORRENT, address(new int[16]), 1313, 10)).isEmpty();
    }
}
