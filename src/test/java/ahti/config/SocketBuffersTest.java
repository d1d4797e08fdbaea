package ahti.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;

class SocketBuffersTest {
    private static final String SIZE = "pekko.io.tcp.direct-buffer-size";

    @Test
    void whatFitsIsLeftAlone() {
        Config config = config("256 KiB", "48M", 100);

        assertThat(SocketBuffers.fit(config)).isSameAs(config);
    }

    @Test
    void theBuffersOfAllPeersFitIntoWhatThereIsForThem() {
        assertThat(SocketBuffers.fit(config("256 KiB", "48M", 500)).getBytes(SIZE) * 500L)
                .isBetween(47_000_000L, 48L * 1024 * 1024);
    }

    @Test
    void aBufferHoldsABlockHoweverManyPeersThereAre() {
        assertThat(SocketBuffers.fit(config("256 KiB", "48M", 1_000_000)).getBytes(SIZE))
                .isEqualTo(16L * 1024);
    }

    @Test
    void whoAllowsNoPeersAtAllHasNothingToDivide() {
        Config config = config("256 KiB", "48M", 0);

        assertThat(SocketBuffers.fit(config)).isSameAs(config);
    }

    @Test
    void theCommandsOwnSettingsFit() {
        Config command = ConfigFactory.parseResources("ahti-command.conf")
                .withFallback(ConfigFactory.defaultReference())
                .resolve();

        Config fitted = SocketBuffers.fit(command);

        assertThat(fitted.getBytes(SIZE) * fitted.getInt("ahti.net.max-peers"))
                .isLessThanOrEqualTo(command.getBytes("ahti.net.socket-memory"));
    }

    private static Config config(String size, String memory, int peers) {
        return ConfigFactory.parseString(
                SIZE + " = " + size + ", ahti.net { socket-memory = " + memory + ", max-peers = " + peers + " }");
    }
}
