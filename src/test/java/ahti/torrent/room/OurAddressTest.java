package ahti.torrent.room;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.dht.At;
import java.util.List;
import org.junit.jupiter.api.Test;

class OurAddressTest {
    private static String seenBy(OurAddress ours, String peer) {
        return ours.seenBy(At.port(peer, 1)).getAddress().getHostAddress();
    }

    @Test
    void withoutAnyWordTheWildcardStandsForIt() {
        OurAddress ours = new OurAddress(List.of(), 6881);

        assertThat(ours.seenBy(At.port("20.0.0.1", 1))).isEqualTo(At.port("0.0.0.0", 6881));
        assertThat(ours.seenBy(At.port("2001:db8::1", 1))).isEqualTo(At.port("::", 6881));
    }

    @Test
    void theWorldSeesUsWhereMostSay() {
        OurAddress ours = new OurAddress(List.of("192.168.1.2", "2001:db8::2"), 6881);
        ours.elected(At.host("80.1.1.1"));
        ours.elected(At.host("2001:db8::99"));

        assertThat(seenBy(ours, "20.0.0.1")).isEqualTo("80.1.1.1");
        assertThat(seenBy(ours, "2001:db8:1::1")).isEqualTo("2001:db8:0:0:0:0:0:2");
    }

    @Test
    void neighboursSeeUsAtTheAddressThatIsBound() {
        OurAddress ours = new OurAddress(List.of("192.168.1.2"), 6881);
        ours.elected(At.host("80.1.1.1"));

        assertThat(seenBy(ours, "192.168.1.7")).isEqualTo("192.168.1.2");
        assertThat(seenBy(new OurAddress(List.of(), 6881), "192.168.1.7")).isEqualTo("0.0.0.0");
    }
}
