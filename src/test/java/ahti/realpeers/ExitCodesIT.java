package ahti.realpeers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a script that calls Ahti learns when something is wrong: the exit code, and one line that says what. */
class ExitCodesIT {
    private static final Payload PAYLOAD = Payload.file("lonely.bin", 1 << 20, 64 << 10);

    @RegisterExtension
    final Stage stage = new Stage();

    @Test
    void aTimeoutWithoutPeersIs2() {
        Ahti ahti = Ahti.get(stage, stage.torrent(PAYLOAD), stage.newFolder("empty"), "--timeout", "1s");

        assertThat(ahti.awaitExit()).isEqualTo(2);
        assertThat(ahti.program().said()).isNotEmpty();
    }

    @Test
    void aMissingTorrentIs3() {
        Ahti ahti = Ahti.get(stage, stage.newFolder("empty").resolve("nothing.torrent"), stage.newFolder("empty"));

        assertThat(ahti.awaitExit()).isEqualTo(3);
    }

    @Test
    void aPortInUseIs6AndIsNamed() throws IOException {
        int port = Ports.free();
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            Ahti ahti =
                    Ahti.share(stage, taken.getLocalPort(), "get", stage.torrent(PAYLOAD), stage.newFolder("empty"));

            assertThat(ahti.awaitExit()).isEqualTo(6);
            assertThat(ahti.program().said()).anyMatch(line -> line.contains(Integer.toString(port)));
        }
    }

    @Test
    void aSecondProcessOnTheSameDownloadIs11() {
        Path torrent = stage.torrent(PAYLOAD);
        Path folder = stage.newFolder("shared");

        Ahti first = Ahti.get(stage, torrent, folder).awaitListening();
        Ahti second = Ahti.get(stage, torrent, folder);

        assertThat(second.awaitExit()).isEqualTo(11);
        assertThat(first.program().running()).isTrue();
    }

    @Test
    void aFolderThatCannotBeMadeIs17() {
        Path file = Stage.write(stage.newFolder("parent").resolve("file"), new byte[1]);

        Ahti ahti = Ahti.get(stage, stage.torrent(PAYLOAD), file);

        assertThat(ahti.awaitExit()).isEqualTo(17);
        assertThat(file).isRegularFile();
    }

    @Test
    void whatIsNotBencodeIs25() {
        Path page = Stage.write(
                stage.newFolder("torrent").resolve("page.torrent"),
                "<html>not found</html>".getBytes(StandardCharsets.UTF_8));

        refused(page, 25);
    }

    @Test
    void aTruncatedTorrentIs25() {
        byte[] torrent = PAYLOAD.torrent(List.of());
        Path half = Stage.write(
                stage.newFolder("torrent").resolve("half.torrent"), Arrays.copyOf(torrent, torrent.length / 2));

        refused(half, 25);
    }

    @Test
    void aTorrentThatLacksItsPiecesIs26() {
        Path bad = Stage.write(
                stage.newFolder("torrent").resolve("bad.torrent"),
                "d4:infod6:lengthi10e4:name1:x12:piece lengthi16384eee".getBytes(StandardCharsets.US_ASCII));

        refused(bad, 26);
    }

    @Test
    void anUnknownOptionIs28() {
        Program ahti = Ahti.run(stage, "get", stage.torrent(PAYLOAD).toString(), "--no-such-option");

        assertThat(ahti.awaitExit()).isEqualTo(28);
    }

    @Test
    void anInterruptedDownloadIs130AndSaysThatItStops() {
        Ahti ahti = Ahti.get(stage, stage.torrent(PAYLOAD), stage.newFolder("empty"))
                .awaitListening();

        ahti.program().signal("INT");

        assertThat(ahti.awaitExit()).isEqualTo(130);
        assertThat(ahti.program().said()).anyMatch(line -> line.contains("stopping"));
    }

    @Test
    void aCompleteDownloadIs0WithoutAnybody() {
        Path folder = stage.folderWith(PAYLOAD);

        Ahti ahti = Ahti.get(stage, stage.torrent(PAYLOAD), folder);

        assertThat(ahti.awaitExit()).isZero();
        assertThat(PAYLOAD.faults(folder)).isEmpty();
    }

    private void refused(Path torrent, int exitCode) {
        Path folder = stage.newFolder("empty");

        Ahti get = Ahti.get(stage, torrent, folder);
        assertThat(get.awaitExit()).isEqualTo(exitCode);
        assertThat(folder).isEmptyDirectory();

        Program info = Ahti.run(stage, "info", torrent.toString(), "--json");
        assertThat(info.awaitExit()).isEqualTo(exitCode);
        assertThat(info.stdout()).isEmpty();
        assertThat(info.said()).hasSize(1);
    }
}
