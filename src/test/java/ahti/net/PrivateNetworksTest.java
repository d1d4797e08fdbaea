package ahti.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateNetworksTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.9.9.9",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.1.1",
                "100.64.0.1",
                "100.127.255.255",
                "0.0.0.0",
                "0.1.2.3",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fdff::1",
                "ff02::1",
                "::ffff:10.0.0.1",
                "::10.0.0.1",
                "::127.0.0.1",
                "64:ff9b::192.168.1.1",
                "2002:0a00:0001::1"
            })
    void knowsThemselves(String address) throws UnknownHostException {
        assertThat(PrivateNetworks.contain(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "172.32.0.1",
                "192.0.2.1",
                "100.128.0.1",
                "2001:db8::1",
                "fb00::1",
                "64:ff9b::1.1.1.1",
                "2002:0101:0101::1"
            })
    void knowsTheInternet(String address) throws UnknownHostException {
        assertThat(PrivateNetworks.contain(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.1.2.3", "192.168.1.1", "169.254.1.1", "::1", "fe80::1", "fd00::1"})
    void knowsWhatIsReachedWithoutTheLineToTheInternet(String address) throws UnknownHostException {
        assertThat(PrivateNetworks.isNear(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "100.64.0.1", "0.0.0.0", "224.0.0.1", "2001:db8::1", "::", "ff02::1"})
    void knowsWhatIsNot(String address) throws UnknownHostException {
        assertThat(PrivateNetworks.isNear(InetAddress.getByName(address))).isFalse();
    }
}
