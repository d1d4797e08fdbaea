package ahti.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ahti.disk.FileStore.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RealFileStoreTest extends FileStoreContract {
    private final FileStore store = new RealFileStore();

    @TempDir
    Path scratch;

    @Override
    protected FileStore store() {
        return store;
    }

    @Override
    protected Path base() {
        return scratch.resolve("base");
    }

    @Test
    void knowsSizeAndTime() throws IOException {
        Files.write(base().resolve("a"), new byte[3]);

        assertThat(store.look(place("a")))
                .contains(new FileState(
                        3, Files.getLastModifiedTime(base().resolve("a")).toInstant()));
    }

    @Test
    void makesAFileExecutableForThoseWhoMayReadIt() throws IOException {
        Path file = Files.createFile(
                base().resolve("a"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));

        store.makeExecutable(place("a"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rwxr-x---");

        store.makeExecutable(place("missing"));
        assertThat(base().resolve("missing")).doesNotExist();
    }

    @Test
    void followsNoLinks() throws IOException {
        Files.createDirectories(base().resolve("real"));
        Files.createFile(base().resolve("real/file"));
        Files.createSymbolicLink(base().resolve("link"), base().resolve("real"));
        Files.createSymbolicLink(base().resolve("real/link"), base().resolve("real/file"));

        for (Access access : Access.values()) {
            assertObstructed(access, "link", "a symbolic link", "link");
            assertObstructed(access, "link", "a symbolic link", "link", "file");
            assertObstructed(access, "link", "a symbolic link", "link", "new", "file");
            assertObstructed(access, "real/link", "a symbolic link", "real", "link");
        }
        assertThat(base().resolve("real/new")).doesNotExist();
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void readsNothingThatIsNoFileAndWaitsForNoPipe() throws Exception {
        Path pipe = base().resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Files.createSymbolicLink(base().resolve("link"), Files.createFile(base().resolve("file")));

        assertUnread(pipe, "neither file nor directory");
        assertUnread(base().resolve("link"), "a symbolic link");
        assertUnread(Files.createDirectory(base().resolve("directory")), "a directory");
    }

    private void assertUnread(Path path, String what) {
        assertThatExceptionOfType(ObstructedException.class)
                .isThrownBy(() -> store.readSmall(path, 100))
                .withMessage(what);
    }
}
