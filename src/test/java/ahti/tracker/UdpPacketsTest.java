package ahti.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import ahti.core.Hex;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UdpPacketsTest {

    @Test
    void connectsAsBep15Says() {
        assertThat(hex(UdpPackets.connect(0x01020304))).isEqualTo("0000041727101980" + "00000000" + "01020304");
    }

    @Test
    void announcesAsBep15Says() {
        ByteString packet = UdpPackets.announce(
                0x1122334455667788L, 0x01020304, Announces.request(AnnounceEvent.STARTED, Optional.empty()), "");

        assertThat(packet.length()).isEqualTo(98);
        assertThat(hex(packet))
                .isEqualTo("1122334455667788" + "00000001" + "01020304"
                        + Announces.INFO_HASH.hex() + Hex.of(Announces.PEER_ID.bytes())
                        + "0000000000000002" + "0000000000000001" + "0000000000000003"
                        + "00000002" + "00000000" + "0badcafe" + "00000032" + "1ae1");
    }

    @Test
    void appendsThePathAsBep41Says() {
        AnnounceRequest request = Announces.request(AnnounceEvent.NONE, Optional.empty());

        assertThat(hex(UdpPackets.announce(0, 0, request, "/a?b")).substring(2 * 98))
                .isEqualTo("02" + "04" + "2f613f62" + "00");
        assertThat(hex(UdpPackets.announce(0, 0, request, "/".repeat(256))).substring(2 * 98))
                .isEqualTo("02" + "ff" + "2f".repeat(255) + "02" + "01" + "2f" + "00");
    }

    @Test
    void numbersTheEventsAsBep15Says() {
        assertThat(AnnounceEvent.NONE.udpNumber()).isZero();
        assertThat(AnnounceEvent.COMPLETED.udpNumber()).isEqualTo(1);
        assertThat(AnnounceEvent.STARTED.udpNumber()).isEqualTo(2);
        assertThat(AnnounceEvent.STOPPED.udpNumber()).isEqualTo(3);
    }

    @Test
    void readsTheThreeAnswers() {
        assertThat(read("00000000" + "01020304" + "1122334455667788" + "ff", 4))
                .contains(new UdpPackets.Connected(0x01020304, 0x1122334455667788L));
        assertThat(read("00000001" + "01020304" + "00000708" + "00000003" + "00000007" + "0a0000011ae1" + "0a0000", 4))
                .contains(new UdpPackets.Announced(
                        0x01020304, 1800, 3, 7, List.of(new InetSocketAddress("10.0.0.1", 6881))));
        assertThat(read("00000002" + "01020304" + "00000007" + "00000009" + "00000003" + "00", 4))
                .contains(new UdpPackets.Scraped(0x01020304, 7, 9, 3));
        assertThat(read("00000003" + "01020304" + "6e6f0a7761790a", 4))
                .contains(new UdpPackets.Refused(0x01020304, "no?way"));
    }

    @Test
    void readsPeersByTheFamilyOfThePacket() {
        String entry = "20010db8" + "00".repeat(11) + "01" + "1ae1";

        assertThat(read("00000001" + "00000000".repeat(4) + entry, 16))
                .contains(new UdpPackets.Announced(0, 0, 0, 0, List.of(new InetSocketAddress("2001:db8::1", 6881))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00000000010203",
                "000000000102030411223344556677",
                "00000001010203040000000000000000000000",
                "00000002010203040000000000000000000000",
                "ffffffff0102030400000000000000000000000000000000"
            })
    void readsNothingFromWhatNoTrackerSends(String packet) {
        assertThat(read(packet, 4)).isEmpty();
    }

    @Seeds(300)
    void neverThrowsWhateverArrives(long seed) {
        Random random = new Random(seed);
        byte[] packet = new byte[random.nextInt(200)];
        random.nextBytes(packet);
        if (packet.length > 4) {
            packet[0] = packet[1] = packet[2] = 0;
            packet[3] = (byte) random.nextInt(5);
        }

        UdpPackets.read(ByteString.fromArray(packet), random.nextBoolean() ? 4 : 16, 3)
                .filter(UdpPackets.Announced.class::isInstance)
                .ifPresent(reply ->
                        assertThat(((UdpPackets.Announced) reply).peers()).hasSizeLessThanOrEqualTo(3));
    }

    private static Optional<UdpPackets.Reply> read(String hex, int addressLength) {
        return UdpPackets.read(ByteString.fromArray(Hex.parse(hex)), addressLength, 1_000);
    }

    private static String hex(ByteString packet) {
        return Hex.of(packet.toArrayUnsafe());
    }
}
