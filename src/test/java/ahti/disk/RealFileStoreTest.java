package ahti.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ahti.Seeds;
import ahti.disk.FileStore.Access;
import ahti.disk.FileStore.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealFileStoreTest {
    private final FileStore store = new RealFileStore();

    @TempDir
    Path base;

    @Seeds(20)
    void writesBuffersOfAnySizeWhereTheyBelongAndReadsThemBack(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] bytes = new byte[random.nextInt(1_000_000)];
        random.nextBytes(bytes);
        int offset = random.nextInt(1_000);
        List<ByteBuffer> buffers = new ArrayList<>();
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(bytes.length - at, random.nextInt(400_000));
            buffers.add(ByteBuffer.wrap(bytes, at, length).asReadOnlyBuffer());
            at += length;
        }

        try (OpenFile file = store.open(place("a", "b"), Access.WRITE)) {
            file.write(offset, buffers);
            file.force();
            ByteBuffer heap = ByteBuffer.allocate(bytes.length + 10);
            ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length);
            file.read(offset, heap);
            file.read(offset, direct);
            assertThat(heap.position()).as("the file ends").isEqualTo(bytes.length);
            assertThat(heap.flip()).isEqualTo(ByteBuffer.wrap(bytes)).isEqualTo(direct.flip());
        }

        byte[] expected = new byte[bytes.length == 0 ? 0 : offset + bytes.length];
        System.arraycopy(bytes, 0, expected, Math.min(offset, expected.length), bytes.length);
        assertThat(base.resolve("a/b")).hasBinaryContent(expected);
    }

    @Test
    void reservesRoomWithoutTouchingWhatIsThere() throws IOException {
        Files.write(base.resolve("a"), new byte[] {1, 2, 3});

        try (OpenFile file = store.open(place("a"), Access.WRITE)) {
            file.reserve(300_000);
            assertThat(file.size()).isEqualTo(300_000);
            file.truncate(4);
        }

        assertThat(base.resolve("a")).hasBinaryContent(new byte[] {1, 2, 3, 0});
    }

    @Test
    void aMissingFileIsNotMadeByReading() throws IOException {
        assertThatThrownBy(() -> store.open(place("a", "b"), Access.READ)).isInstanceOf(NoSuchFileException.class);
        assertThat(store.look(place("a", "b"))).isEmpty();
        assertThat(base).isEmptyDirectory();
    }

    @Test
    void knowsSizeAndTime() throws IOException {
        Files.write(base.resolve("a"), new byte[3]);

        assertThat(store.look(place("a")))
                .contains(new FileState(
                        3, Files.getLastModifiedTime(base.resolve("a")).toInstant()));
    }

    @Test
    void opensNothingButRegularFilesAndFollowsNoLinks() throws IOException {
        Files.createDirectories(base.resolve("real/directory"));
        Files.createFile(base.resolve("real/file"));
        Files.createSymbolicLink(base.resolve("link"), base.resolve("real"));
        Files.createSymbolicLink(base.resolve("real/link"), base.resolve("real/file"));

        for (Access access : Access.values()) {
            assertObstructed(access, "real/directory", "a directory", "real", "directory");
            assertObstructed(access, "link", "a symbolic link", "link");
            assertObstructed(access, "link", "a symbolic link", "link", "file");
            assertObstructed(access, "link", "a symbolic link", "link", "new", "file");
            assertObstructed(access, "real/link", "a symbolic link", "real", "link");
            assertObstructed(access, "real/file", "a file", "real", "file", "below");
        }
        assertThat(base.resolve("real/new")).doesNotExist();
    }

    private void assertObstructed(Access access, String where, String what, String... names) {
        assertThatThrownBy(() -> store.open(place(names), access))
                .isInstanceOfSatisfying(
                        ObstructedException.class,
                        obstructed -> assertThat(obstructed.path()).isEqualTo(base.resolve(where)))
                .hasMessage(what);
    }

    @Test
    void replacesASmallFileAsAWhole() throws IOException {
        Path file = base.resolve("x".repeat(255));

        store.replace(file, new byte[] {1});
        store.replace(file, new byte[] {2, 3});

        assertThat(store.readSmall(file, 2))
                .hasValueSatisfying(bytes -> assertThat(bytes).containsExactly(2, 3));
        assertThat(store.readSmall(file, 1)).as("more than asked for").isEmpty();
        assertThat(store.readSmall(base.resolve("b"), 1)).as("not there").isEmpty();
        try (var entries = Files.list(base)) {
            assertThat(entries).containsExactly(file);
        }
    }

    @Test
    void aReplacementThatFailsLeavesNothingBehind() throws IOException {
        Files.createDirectories(base.resolve("a/b"));

        assertThatThrownBy(() -> store.replace(base.resolve("a"), new byte[1])).isInstanceOf(IOException.class);

        try (var entries = Files.list(base)) {
            assertThat(entries).containsExactly(base.resolve("a"));
        }
    }

    @Test
    void aPlaceIsNeverOutsideOfItsBase() {
        for (String name : List.of("..", ".", "", "a/b", "/a", "a/../..")) {
            assertThatThrownBy(() -> place(name)).as(name).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> place("a", name)).as(name).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(place("a", "b").path()).isEqualTo(base.resolve("a/b"));
    }

    private FilePlace place(String... names) {
        return FilePlace.of(base, Arrays.asList(names));
    }
}
