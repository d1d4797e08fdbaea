package ahti.realpeers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Plain web servers, which know nothing of torrents (BEP 19). */
class WebSeedIT {
    private static final String PYTHON = "/usr/bin/python3";
    private static final Payload ONE = Payload.file("from-the-web.bin", 8 << 20, 128 << 10);
    private static final Payload MANY = Payload.folder(
            "site", 64 << 10, Map.of("index.html", 3_000, "img/a b.png", 700_000, "img/ü.png", 1, "empty", 0));

    @RegisterExtension
    final Stage stage = new Stage();

    @Test
    void completesFromAServerThatSendsRanges() throws IOException {
        Path folder = stage.newFolder("incomplete");

        try (RangeServer server = RangeServer.of(stage.folderWith(ONE))) {
            Ahti ahti = Ahti.get(
                    stage, stage.torrent(ONE), folder, "--no-trackers", "--no-dht", "--web-seed", server.url());

            assertThat(ahti.awaitExit()).as(ahti.program().describe()).isZero();
            assertThat(server.sent()).as("nothing twice").isEqualTo(8 << 20);
        }
        assertThat(ONE.faults(folder)).isEmpty();
    }

    /** Python's own server ignores ranges: whole files are all that it sends. */
    @Test
    void completesFromAServerThatSendsWholeFilesOnly() {
        new Prerequisite("python3", PYTHON, "--version").require();
        Path folder = stage.newFolder("incomplete");
        int port = Ports.free();
        Program python = stage.start(
                "python",
                stage.newFolder("python"),
                List.of(
                        PYTHON,
                        "-m",
                        "http.server",
                        Integer.toString(port),
                        "--bind",
                        "127.0.0.1",
                        "--directory",
                        stage.folderWith(MANY).toString()));
        python.awaitListening(port);

        Ahti ahti = Ahti.get(
                stage,
                stage.torrent(MANY),
                folder,
                "--no-trackers",
                "--no-dht",
                "--web-seed",
                "http://127.0.0.1:" + port + "/");

        assertThat(ahti.awaitExit()).as(ahti.program().describe()).isZero();
        assertThat(MANY.faults(folder)).isEmpty();
    }

    @Test
    void aServerAndAPeerShareTheWorkAndTheLimit() throws IOException {
        Path torrent = stage.torrent(ONE);
        Path folder = stage.newFolder("incomplete");
        Path complete = stage.folderWith(ONE);

        Peer peer = new Libtorrent().start(stage, torrent, complete).awaitComplete();
        try (RangeServer server = RangeServer.of(complete)) {
            Ahti ahti = Ahti.getFrom(
                    stage, torrent, folder, peer.address(), "--no-dht", "--down", "2M", "--web-seed", server.url());

            assertThat(ahti.awaitExit()).as(ahti.program().describe()).isZero();
            assertThat(server.sent()).isPositive();
            assertThat(peer.uploaded().getAsLong()).isPositive();
        }
        assertThat(ONE.faults(folder)).isEmpty();
    }
}
