package ahti.realpeers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A download from a program that others wrote is recorded, and replayed in another process. */
class RecordIT {
    private static final Payload PAYLOAD = Payload.file("recorded.bin", 8 << 20, 128 << 10);

    @RegisterExtension
    final Stage stage = new Stage();

    static Stream<Arguments> clients() {
        return Stream.of(
                Arguments.of(new Aria2(), "--record"),
                Arguments.of(new Aria2(), "--record-masked"),
                Arguments.of(new Transmission(), "--record"),
                Arguments.of(new Libtorrent(), "--record"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("clients")
    void replaysADownload(Client client, String option) throws IOException {
        Path torrent = stage.torrent(PAYLOAD, Stage.NO_TRACKER);
        Path folder = stage.newFolder("incomplete");
        Path recording = stage.newFolder("recording").resolve("it.rec");
        Peer seeder = client.start(stage, torrent, stage.folderWith(PAYLOAD)).awaitComplete();

        Ahti ahti = Ahti.get(
                stage, torrent, folder, "--no-trackers", "--peer", seeder.address(), option, recording.toString());
        assertThat(ahti.awaitExit()).isZero();
        assertThat(PAYLOAD.faults(folder)).isEmpty();
        assertThat(Files.size(recording)).isLessThan(PAYLOAD.size() / 100);

        Program replay = Ahti.run(stage, "replay", recording.toString());
        assertThat(replay.awaitExit()).as(replay.describe()).isZero();
        assertThat(replay.stdout()).contains("replayed  the same, step by step");
    }
}
