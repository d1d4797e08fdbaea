package ahti.disk;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.disk.SampleTorrent.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is deleted with a torrent, and above all what is not. */
class DataRemovalTest {
    @TempDir
    Path directory;

    private final SampleTorrent sample =
            SampleTorrent.of(16_384, Part.file("album/cd1/one", 20_000), Part.file("album/two", 20_000));
    private Path album;
    private Path state;

    @BeforeEach
    void download() throws IOException {
        album = Files.createDirectory(directory.resolve("album"));
        Files.createDirectory(album.resolve("cd1"));
        Files.write(album.resolve("cd1/one"), new byte[1]);
        Files.write(album.resolve("two"), new byte[1]);
        state = Files.createDirectory(directory.resolve("state"));
    }

    @Test
    void takesFilesRecordAndEmptyDirectories() throws IOException {
        Path record = state.resolve(sample.metainfo().infoHash().hex() + ".resume");
        Files.write(record, new byte[1]);
        Files.write(part(), new byte[1]);
        Files.write(kept(), new byte[1]);

        assertThat(remove()).isEmpty();

        assertThat(album).doesNotExist();
        assertThat(record).doesNotExist();
        assertThat(part()).doesNotExist();
        assertThat(kept()).doesNotExist();
        assertThat(directory).exists();
    }

    @Test
    void thePartFileAndTheMetadataOfALinkAloneWhenTheDataIsKept() throws IOException {
        Files.write(part(), new byte[1]);
        Files.write(kept(), new byte[1]);

        assertThat(new DataRemoval(new RealFileStore(), sample.metainfo(), directory, Optional.of(state)).runOurs())
                .isEmpty();

        assertThat(part()).doesNotExist();
        assertThat(kept()).doesNotExist();
        assertThat(album.resolve("two")).exists();
    }

    /** What a magnet link led to. */
    private Path kept() {
        return KeptMetadata.file(state, sample.metainfo().infoHash());
    }

    private Path part() {
        return state.resolve(sample.metainfo().infoHash().hex() + ".part");
    }

    @Test
    void leavesWhatIsNotOfTheTorrent() throws IOException {
        Files.write(album.resolve("cd1/notes.txt"), new byte[1]);

        assertThat(remove()).isEmpty();

        assertThat(album.resolve("cd1/notes.txt")).exists();
        assertThat(album.resolve("two")).doesNotExist();
    }

    @Test
    void deletesNothingThroughALink() throws IOException {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Files.write(elsewhere.resolve("one"), new byte[1]);
        Files.delete(album.resolve("cd1/one"));
        Files.delete(album.resolve("cd1"));
        Files.createSymbolicLink(album.resolve("cd1"), elsewhere);

        Optional<DiskProblem> problem = remove();

        assertThat(problem).containsInstanceOf(DiskProblem.InTheWay.class);
        assertThat(elsewhere.resolve("one")).exists();
        assertThat(album.resolve("cd1")).isSymbolicLink();
        assertThat(album.resolve("two")).doesNotExist();
    }

    private Optional<DiskProblem> remove() {
        return new DataRemoval(new RealFileStore(), sample.metainfo(), directory, Optional.of(state)).run();
    }
}
