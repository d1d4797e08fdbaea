package ahti.dht;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.dht.krpc.Family;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Where the DHT opens sockets: nowhere but where the user bound it. */
class LocalsTest {
    private static final List<InetAddress> HERE = hosts("127.0.0.1", "20.0.0.1", "::1", "fe80::1", "2001:db8::1");

    @Test
    void opensNothingBesidesWhatIsBound() {
        assertThat(Locals.choose(hosts("127.0.0.1"), HERE, 6881))
                .isEqualTo(Map.of(Family.IPV4, At.port("127.0.0.1", 6881)));
        assertThat(Locals.choose(hosts("::1"), HERE, 6881)).isEqualTo(Map.of(Family.IPV6, At.port("::1", 6881)));
    }

    @Test
    void takesTheFirstBoundAddressOfEachFamily() {
        assertThat(Locals.choose(hosts("20.0.0.1", "127.0.0.1", "::1"), HERE, 1))
                .isEqualTo(Map.of(Family.IPV4, At.port("20.0.0.1", 1), Family.IPV6, At.port("::1", 1)));
    }

    @Test
    void isEverywhereOverIpv4AndAtOneAddressOfTheWorldOverIpv6() {
        assertThat(Locals.choose(List.of(), HERE, 6881))
                .isEqualTo(Map.of(Family.IPV4, At.port("0.0.0.0", 6881), Family.IPV6, At.port("2001:db8::1", 6881)));
    }

    @Test
    void leavesOutIpv6WhereTheWorldCannotReachIt() {
        List<InetAddress> here = hosts("20.0.0.1", "::1", "fd00::2", "2001:0:53aa::1");

        assertThat(Locals.choose(List.of(), here, 6881)).containsOnlyKeys(Family.IPV4);
    }

    private static List<InetAddress> hosts(String... addresses) {
        return Stream.of(addresses).map(At::host).toList();
    }
}
