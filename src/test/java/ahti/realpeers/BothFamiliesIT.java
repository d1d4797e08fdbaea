package ahti.realpeers;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.testkit.tracker.TrackerServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A tracker under one name, which knows other peers over IPv6 than over IPv4, as many do: whoever is known over either only is
 * found.
 */
class BothFamiliesIT {
    private static final Payload PAYLOAD = Payload.file("over-both.bin", 1 << 20, 64 << 10);

    @RegisterExtension
    final Stage stage = new Stage();

    private TrackerServer four;
    private TrackerServer six;

    @BeforeEach
    void startTrackers() throws IOException {
        int port = Ports.free();
        four = tracker("127.0.0.1", port);
        six = tracker("::1", port);
    }

    private static TrackerServer tracker(String address, int port) throws IOException {
        InetSocketAddress bind = new InetSocketAddress(InetAddress.getByName(address), port);
        return TrackerServer.start(TrackerServer.Settings.DEFAULT.withBind(bind), System::nanoTime);
    }

    @AfterEach
    void endTrackers() {
        four.close();
        six.close();
    }

    @ParameterizedTest(name = "{0} over {1}")
    @CsvSource({"http, 127.0.0.1", "http, ::1", "udp, 127.0.0.1", "udp, ::1"})
    void aPeerKnownOverOneFamilyOnlyIsFound(String scheme, String address) {
        Path torrent = stage.torrent(PAYLOAD);
        Path folder = stage.newFolder("incomplete");
        TrackerServer knowing = address.equals("::1") ? six : four;

        ahti(torrent, "seed", stage.folderWith(PAYLOAD), address, knowing.url());
        Await.until("announce of the seed", Duration.ofSeconds(60), () -> knowing.announces() > 0, () -> "none");
        String url = scheme + "://both.test:" + knowing.address().getPort() + "/announce";
        Program get = ahti(torrent, "get", folder, "lo", url);

        assertThat(get.awaitExit()).as(get.describe()).isZero();
        assertThat(PAYLOAD.faults(folder)).isEmpty();
        assertThat(get.describe()).doesNotContain("WARN");
        // It came, and it left.
        assertThat(four.announces()).isGreaterThanOrEqualTo(2);
        assertThat(six.announces()).isGreaterThanOrEqualTo(2);
    }

    /** With a file in the place of the system's names. */
    private Program ahti(Path torrent, String command, Path folder, String bind, String tracker) {
        List<String> words = new ArrayList<>(Ahti.command(
                command,
                torrent.toString(),
                "-d",
                folder.toString(),
                "-p",
                Integer.toString(Ports.free()),
                "--bind",
                bind,
                "--state",
                "none",
                "--no-dht",
                "--tracker",
                tracker,
                "-vv"));
        Path names = Stage.write(
                stage.newFolder("names").resolve("hosts"),
                "127.0.0.1 both.test\n::1 both.test\n".getBytes(StandardCharsets.US_ASCII));
        words.add(1, "-Djdk.net.hosts.file=" + names);
        return stage.start("ahti", stage.newFolder("ahti"), words);
    }
}
