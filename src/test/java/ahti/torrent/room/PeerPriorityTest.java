package ahti.torrent.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Canonical peer priority (BEP 40). */
class PeerPriorityTest {

    private static InetSocketAddress at(String address, int port) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByName(address), port);
    }

    @ParameterizedTest
    @CsvSource({"123.213.32.10, 98.76.54.32, ec2d7224", "123.213.32.10, 123.213.32.234, 99568189"})
    void isThatOfTheBep(String one, String other, String priority) throws UnknownHostException {
        assertThat(PeerPriority.of(at(one, 1), at(other, 2))).isEqualTo(Long.parseLong(priority, 16));
        assertThat(PeerPriority.of(at(other, 2), at(one, 1))).isEqualTo(Long.parseLong(priority, 16));
    }

    @ParameterizedTest
    @CsvSource({
        // one, other, the bytes that count
        "10.20.255.255, 10.20.1.255, 0a140155 0a14ff55",
        "2001:db8:1::ffff, 2001:db8:2::1, 20010db8000100000000000000005555 20010db8000200000000000000000001",
        "2001:db8:1:ff00::ff, 2001:db8:1:1::ff, 20010db8000100010000000000000055 20010db80001ff000000000000000055",
    })
    void nearerAddressesCountToAFurtherByte(String one, String other, String bytes) throws UnknownHostException {
        CRC32C crc = new CRC32C();
        crc.update(java.util.HexFormat.of().parseHex(bytes.replace(" ", "")));
        assertThat(PeerPriority.of(at(one, 1), at(other, 2))).isEqualTo(crc.getValue());
    }

    @Test
    void onOneMachinePortsCount() throws UnknownHostException {
        CRC32C crc = new CRC32C();
        crc.update(new byte[] {0x00, 0x50, (byte) 0xff, (byte) 0xfe});
        assertThat(PeerPriority.of(at("10.0.0.1", 0xfffe), at("10.0.0.1", 0x50)))
                .isEqualTo(crc.getValue());
    }

    @Test
    void betweenFamiliesThereIsNone() throws UnknownHostException {
        assertThat(PeerPriority.of(at("10.0.0.1", 1), at("::1", 1))).isZero();
    }
}
