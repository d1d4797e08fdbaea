package ahti.realpeers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code scripts/ahti}: what a user types. */
class LauncherIT {
    private static final Path LAUNCHER = Path.of("scripts", "ahti").toAbsolutePath();

    @RegisterExtension
    final Stage stage = new Stage();

    @Test
    void startsFromAnywhereThroughALinkAndLeavesStandardOutputToAhti() throws IOException {
        Payload payload = Payload.file("launched.bin", 100_000, 16 << 10);
        Path elsewhere = stage.newFolder("elsewhere with spaces");
        Path link = Files.createSymbolicLink(elsewhere.resolve("ahti"), LAUNCHER);

        Program info = stage.start(
                "launcher",
                elsewhere,
                List.of(link.toString(), "info", stage.torrent(payload).toString(), "--json"));

        assertThat(info.awaitExit()).isZero();
        assertThat(info.stdout()).singleElement().asString().contains(payload.infoHash());
    }

    @Test
    void handsSignalsAndExitCodesThrough() {
        Payload payload = Payload.file("launched.bin", 100_000, 16 << 10);
        int port = Ports.free();
        Program get = stage.start(
                "launcher",
                stage.newFolder("home"),
                List.of(
                        LAUNCHER.toString(),
                        "get",
                        stage.torrent(payload).toString(),
                        "-d",
                        stage.newFolder("empty").toString(),
                        "-p",
                        Integer.toString(port),
                        "--bind",
                        "127.0.0.1",
                        "--no-trackers"));
        get.awaitListening(port);

        get.signal("TERM");

        assertThat(get.awaitExit()).isEqualTo(143);
    }
}
