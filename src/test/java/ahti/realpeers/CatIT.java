package ahti.realpeers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code ahti cat} in a pipe, while it downloads from libtorrent. */
class CatIT {
    private static final Payload PAYLOAD = Payload.file("film.mkv", 8 << 20, 128 << 10);

    @RegisterExtension
    final Stage stage = new Stage();

    private byte[] piped(String pipe, Path original) throws IOException {
        Path torrent = stage.torrent(PAYLOAD, Stage.NO_TRACKER);
        Peer seeder = new Libtorrent().start(stage, torrent, original).awaitComplete();
        Path folder = stage.newFolder("pipe");
        List<String> command = new ArrayList<>(
                List.of("bash", "-o", "pipefail", "-c", "\"$@\" " + pipe + folder.resolve("out"), "bash"));
        command.addAll(Ahti.command(
                "cat",
                torrent.toString(),
                "-p",
                Integer.toString(Ports.free()),
                "--bind",
                "127.0.0.1",
                "--no-trackers",
                "--peer",
                seeder.address()));

        assertThat(stage.start("cat", stage.newFolder("home"), command).awaitExit())
                .isZero();
        return Files.readAllBytes(folder.resolve("out"));
    }

    @Test
    void writesTheWholeFile() throws IOException {
        Path original = stage.folderWith(PAYLOAD);

        assertThat(piped("| cat > ", original)).isEqualTo(Files.readAllBytes(original.resolve("film.mkv")));
    }

    @Test
    void endsWellWhenNobodyTakesMore() throws IOException {
        Path original = stage.folderWith(PAYLOAD);

        assertThat(piped("| head -c 100000 > ", original))
                .isEqualTo(Arrays.copyOf(Files.readAllBytes(original.resolve("film.mkv")), 100_000));
    }
}
