package ahti.disk;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorrentFilesTest {
    private static final Limits FOUR_BYTES = new Limits(4, 1, 1, 1, 1, 1, 1, 1, 1, 1);

    @TempDir
    Path scratch;

    @Test
    void readsWhatWasWritten() {
        Path file = scratch.resolve("a.torrent");

        assertThat(TorrentFiles.write(new RealFileStore(), file, new byte[] {1, 2, 3, 4}))
                .isEmpty();

        assertThat(TorrentFiles.read(file, FOUR_BYTES))
                .isInstanceOfSatisfying(
                        TorrentFiles.Content.class,
                        content -> assertThat(content.bytes()).containsExactly(1, 2, 3, 4));
    }

    @Test
    void whatIsLargerThanTheLimitIsRefused() throws IOException {
        Path file = Files.write(scratch.resolve("a.torrent"), new byte[5]);

        assertThat(TorrentFiles.read(file, FOUR_BYTES)).isEqualTo(new TorrentFiles.TooLarge(4));
        assertThat(TorrentFiles.readStdin(new ByteArrayInputStream(new byte[5]), 4))
                .isEqualTo(new TorrentFiles.TooLarge(4));
        assertThat(TorrentFiles.readStdin(new ByteArrayInputStream(new byte[4]), 4))
                .isInstanceOf(TorrentFiles.Content.class);
    }

    @Test
    void whatIsMissingIsNotFoundAndADirectoryIsNoTorrent() {
        Path missing = scratch.resolve("a.torrent");

        assertThat(TorrentFiles.read(missing, FOUR_BYTES)).isEqualTo(new TorrentFiles.NotFound(missing));
        assertThat(TorrentFiles.read(scratch, FOUR_BYTES))
                .isInstanceOfSatisfying(
                        TorrentFiles.Unreadable.class,
                        unreadable -> assertThat(unreadable.problem()).isInstanceOf(DiskProblem.InTheWay.class));
        assertThat(TorrentFiles.write(new RealFileStore(), scratch, new byte[0]))
                .containsInstanceOf(DiskProblem.InTheWay.class);
        assertThat(TorrentFiles.write(new RealFileStore(), missing.resolve("b"), new byte[0]))
                .isPresent();
    }
}
