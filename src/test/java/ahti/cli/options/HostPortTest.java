package ahti.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7:6881, 192.0.2.7, 6881",
        "[2001:db8::1]:1, 2001:db8::1, 1",
        "host.example:65535, host.example, 65535"
    })
    void readsAddressesAndNames(String written, String host, int port) {
        assertThat(HostPort.parse(written)).isEqualTo(new HostPort(host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host",
                ":1",
                "host:",
                "host:0",
                "host:65536",
                "host:x",
                "2001:db8::1:6881",
                "[::1]",
                "[host]:1"
            })
    void refusesEverythingElse(String written) {
        assertThatThrownBy(() -> HostPort.parse(written)).hasMessageContaining("'" + written + "' is not a peer");
    }

    @Test
    void resolvesAnAddressToItself() throws UnknownHostException {
        assertThat(HostPort.parse("127.0.0.1:6881").resolve()).singleElement().satisfies(address -> {
            assertThat(address.getAddress().isLoopbackAddress()).isTrue();
            assertThat(address.getPort()).isEqualTo(6881);
        });
    }
}
