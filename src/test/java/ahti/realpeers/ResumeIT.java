package ahti.realpeers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A download that was interrupted goes on where it was: only what is missing is fetched. */
class ResumeIT {
    private static final int PIECE = 64 << 10;
    private static final Payload PAYLOAD = Payload.file("interrupted.bin", 12 << 20, PIECE);

    @RegisterExtension
    final Stage stage = new Stage();

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130", "KILL, 137"})
    void fetchesOnlyWhatIsMissing(String signal, int exitCode) {
        Path torrent = stage.torrent(PAYLOAD);
        Path folder = stage.newFolder("incomplete");
        Peer seeder = new Libtorrent(4 << 20)
                .start(stage, torrent, stage.folderWith(PAYLOAD))
                .awaitComplete();

        Ahti first = Ahti.getFrom(stage, torrent, folder, seeder.address());
        first.program()
                .awaitThat("third of the download", () -> seeder.uploaded().getAsLong() > PAYLOAD.size() / 3);
        first.program().signal(signal);
        assertThat(first.awaitExit()).isEqualTo(exitCode);
        long before = seeder.uploaded().getAsLong();
        int stored = PAYLOAD.rightPieces(folder);
        assertThat(stored).as("pieces stored when it ended").isPositive().isLessThan(PAYLOAD.pieces());

        Ahti second = Ahti.getFrom(stage, torrent, folder, seeder.address());
        assertThat(second.awaitExit()).isZero();
        assertThat(PAYLOAD.faults(folder)).isEmpty();
        long fetched = seeder.uploaded().getAsLong() - before;
        assertThat(fetched).isLessThanOrEqualTo((long) (PAYLOAD.pieces() - stored) * PIECE);
    }
}
