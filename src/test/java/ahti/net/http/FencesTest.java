package ahti.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.net.PrivateNetworks;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FencesTest {
    private final Fences fences = new Fences(PrivateNetworks::contain, PrivateNetworks::contain);

    @ParameterizedTest
    @CsvSource({
        "'', 1.2.3.4",
        "'', 127.0.0.1",
        "'', 192.168.1.1",
        "1.2.3.4, 5.6.7.8",
        "192.168.1.1, 192.168.1.1",
        "192.168.1.1, 5.6.7.8",
        "127.0.0.1, ::1",
        "127.0.0.1 127.0.0.1, 127.0.0.2",
    })
    void letPass(String senders, String address) throws UnknownHostException {
        assertThat(refusal(fences, senders, address, true)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.3.4, 127.0.0.1",
        "1.2.3.4, 192.168.1.1",
        "1.2.3.4, 169.254.169.254",
        "1.2.3.4, ::1",
        "1.2.3.4, fd00::1",
        "1.2.3.4, ::ffff:10.0.0.1",
        "1.2.3.4, 64:ff9b::10.0.0.1",
        "1.2.3.4, 0.0.0.0",
        "192.168.1.1 1.2.3.4, 192.168.1.1",
        "192.168.1.1, 192.168.1.2",
        "127.0.0.1, 192.168.1.1",
        "192.168.1.1, 127.0.0.1",
        "127.0.0.1, 169.254.169.254",
    })
    void stopRedirectsToWhereWeWereNotSentByTheUser(String senders, String address) throws UnknownHostException {
        assertThat(refusal(fences, senders, address, true))
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("redirected "));
        assertThat(refusal(new Fences(any -> false, any -> false), senders, address, true))
                .isEmpty();
    }

    @Test
    void stopWhatDoesNotFitANeighbour() throws UnknownHostException {
        assertThat(refusal(fences, "", "192.168.1.1", false)).isPresent();
        assertThat(refusal(fences, "", "1.2.3.4", false)).isEmpty();
    }

    private static Optional<String> refusal(Fences fences, String senders, String address, boolean fits)
            throws UnknownHostException {
        List<InetAddress> before = new ArrayList<>();
        for (String sender : senders.isEmpty() ? new String[0] : senders.split(" ")) {
            before.add(InetAddress.getByName(sender));
        }
        try {
            fences.check(InetAddress.getByName(address), fits, before);
            return Optional.empty();
        } catch (Trouble e) {
            return Optional.of(e.reason());
        }
    }
}
