package ahti.dht.table;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import ahti.core.Hex;
import ahti.dht.At;
import ahti.dht.krpc.NodeId;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecureIdTest {

    @ParameterizedTest
    @CsvSource({
        "124.31.75.21, 5fbfbf, 01",
        "21.75.31.124, 5a3ce9, 56",
        "65.23.51.170, a5d432, 16",
        "84.124.73.14, 1b0321, 41",
        "43.213.53.83, e56f6c, 5a"
    })
    void agreesWithTheStandard(String address, String first, String last) {
        NodeId id = NodeId.of(Hex.parse(first + "00".repeat(16) + last));

        assertThat(SecureId.fits(id, At.host(address))).isTrue();
        assertThat(SecureId.fits(id, At.host("9.9.9.9"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5fbfbe", "5fbfb8"})
    void leavesTheLastThreeBitsOfTheChecksumFree(String first) {
        NodeId id = NodeId.of(Hex.parse(first + "ff".repeat(16) + "01"));

        assertThat(SecureId.fits(id, At.host("124.31.75.21"))).isTrue();
    }

    @Seeds(20)
    void makesIdsThatFit(long seed) {
        Random random = new Random(seed);
        for (String address : new String[] {"20.1.2.3", "2001:db8::7"}) {
            assertThat(SecureId.fits(SecureId.of(At.host(address), random), At.host(address)))
                    .as(address)
                    .isTrue();
            assertThat(SecureId.fits(NodeId.random(random), At.host(address)))
                    .as("any id at " + address)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.1.1", "::1", "fe80::1", "fd00::1"
            })
    void asksNothingOfLocalNodes(String address) {
        assertThat(SecureId.fits(NodeId.random(new Random(1)), At.host(address)))
                .isTrue();
    }
}
