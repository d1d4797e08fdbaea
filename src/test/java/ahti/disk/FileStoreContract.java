package ahti.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ahti.Seeds;
import ahti.disk.FileStore.Access;
import ahti.disk.FileStore.LockResult;
import ahti.disk.FileStore.OpenFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link FileStore} does, the real one and those of tests alike. */
public abstract class FileStoreContract {

    /** The store; the same one for the whole test. */
    protected abstract FileStore store();

    /** Where to try it: a path whose parent exists, and nothing there yet. */
    protected abstract Path base();

    @BeforeEach
    void makeBase() throws IOException {
        store().makeDirectory(base());
    }

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

        try (OpenFile file = store().open(place("a", "b"), Access.WRITE)) {
            file.write(offset, buffers);
            file.force();
            ByteBuffer heap = ByteBuffer.allocate(bytes.length + 10);
            ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length);
            file.read(offset, heap);
            file.read(offset, direct);
            assertThat(heap.position()).as("the file ends").isEqualTo(bytes.length);
            assertThat(heap.flip()).isEqualTo(ByteBuffer.wrap(bytes)).isEqualTo(direct.flip());
        }

        assertThat(buffers).as("taken").noneMatch(ByteBuffer::hasRemaining);
        byte[] expected = new byte[bytes.length == 0 ? 0 : offset + bytes.length];
        System.arraycopy(bytes, 0, expected, Math.min(offset, expected.length), bytes.length);
        assertThat(content("a", "b")).isEqualTo(expected);
    }

    @Seeds(40)
    void whateverIsWrittenAndCutOffIsThereAsInAnArray(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] expected = new byte[0];
        try (OpenFile file = store().open(place("a"), Access.WRITE)) {
            for (int i = 0; i < 20; i++) {
                int at = random.nextInt(20_000);
                int length = random.nextInt(9_000);
                switch (random.nextInt(6)) {
                    case 0 -> {
                        file.truncate(at);
                        expected = Arrays.copyOf(expected, Math.min(expected.length, at));
                    }
                    case 1 -> {
                        file.reserve(at);
                        expected = Arrays.copyOf(expected, Math.max(expected.length, at));
                    }
                    default -> {
                        byte[] bytes = new byte[length];
                        random.nextBytes(bytes);
                        file.write(at, List.of(ByteBuffer.wrap(bytes)));
                        expected = Arrays.copyOf(
                                expected, length == 0 ? expected.length : Math.max(expected.length, at + length));
                        System.arraycopy(bytes, 0, expected, Math.min(at, expected.length), length);
                    }
                }
                assertThat(file.size()).isEqualTo(expected.length);
            }
        }
        assertThat(content("a")).isEqualTo(expected);
        assertThat(store().look(place("a")).map(FileState::size)).contains((long) expected.length);
    }

    @Test
    void reservesRoomWithoutTouchingWhatIsThere() throws IOException {
        write(new byte[] {1, 2, 3}, "a");

        try (OpenFile file = store().open(place("a"), Access.WRITE)) {
            file.reserve(300_000);
            assertThat(file.size()).isEqualTo(300_000);
            file.truncate(4);
        }

        assertThat(content("a")).containsExactly(1, 2, 3, 0);
    }

    @Test
    void aMissingFileIsNotMadeByReading() throws IOException {
        assertThatThrownBy(() -> store().open(place("a", "b"), Access.READ)).isInstanceOf(NoSuchFileException.class);
        assertThat(store().look(place("a", "b"))).isEmpty();
        store().delete(base().resolve("a"));
        assertThatThrownBy(() -> store().usableSpace(base().resolve("a"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void theBaseIsNeverMade() throws IOException {
        FilePlace place = FilePlace.of(base().resolve("gone"), List.of("a", "b"));
        FilePlace flat = FilePlace.of(base().resolve("gone"), List.of("a"));

        assertThat(store().look(place)).isEmpty();
        assertThatThrownBy(() -> store().open(place, Access.WRITE)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> store().open(flat, Access.WRITE)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> store().checkWritable(flat)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> store().replace(base().resolve("gone/a"), new byte[1]))
                .isInstanceOf(NoSuchFileException.class);
        store().makeDirectory(base().resolve("gone"));
        store().checkWritable(flat);
        store().open(flat, Access.WRITE).close();
        assertThat(content(flat)).isEmpty();
    }

    @Test
    void opensNothingButRegularFiles() throws IOException {
        write(new byte[1], "real", "file");
        store().makeDirectory(base().resolve("real/directory"));

        for (Access access : Access.values()) {
            assertObstructed(access, "real/directory", "a directory", "real", "directory");
            assertObstructed(access, "real/file", "a file", "real", "file", "below");
        }
        assertThatThrownBy(() -> store().look(place("real", "file", "below"))).isInstanceOf(ObstructedException.class);
        assertThatThrownBy(() -> store().makeDirectory(base().resolve("real/file/below")))
                .isInstanceOf(IOException.class);
    }

    /** Asserts that nothing can be opened there, for that reason. */
    protected final void assertObstructed(Access access, String where, String what, String... names) {
        assertThatThrownBy(() -> store().open(place(names), access))
                .isInstanceOfSatisfying(
                        ObstructedException.class,
                        obstructed -> assertThat(obstructed.path()).isEqualTo(base().resolve(where)))
                .hasMessage(what);
    }

    @Test
    void aFileThatIsOpenLivesOnWhenItsNameIsGone() throws IOException {
        write(new byte[] {1}, "a");

        try (OpenFile file = store().open(place("a"), Access.READ)) {
            store().delete(base().resolve("a"));
            write(new byte[] {2}, "a");
            ByteBuffer old = ByteBuffer.allocate(1);
            file.read(0, old);
            assertThat(old.array()).containsExactly(1);
        }
        assertThat(content("a")).containsExactly(2);
    }

    @Test
    void aFileOpenToReadIsNotWrittenAndAClosedOneIsNotUsed() throws IOException {
        write(new byte[] {1}, "a");
        OpenFile file = store().open(place("a"), Access.READ);

        assertThatThrownBy(() -> file.write(0, List.of(ByteBuffer.allocate(1))))
                .isInstanceOf(NonWritableChannelException.class);
        assertThatThrownBy(() -> file.truncate(0)).isInstanceOf(NonWritableChannelException.class);
        file.close();
        file.close();
        assertThatThrownBy(() -> file.read(0, ByteBuffer.allocate(1))).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(file::size).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(file::force).isInstanceOf(ClosedChannelException.class);
        assertThat(content("a")).containsExactly(1);
    }

    @Test
    void replacesASmallFileAsAWhole() throws IOException {
        Path file = base().resolve("x".repeat(255));

        store().replace(file, new byte[] {1});
        store().replace(file, new byte[] {2, 3});

        assertThat(store().readSmall(file, 2))
                .hasValueSatisfying(bytes -> assertThat(bytes).containsExactly(2, 3));
        assertThat(store().readSmall(file, 1)).as("more than asked for").isEmpty();
        assertThat(store().readSmall(base().resolve("b"), 1)).as("not there").isEmpty();
        assertThatThrownBy(() -> store().readSmall(base(), 1)).isInstanceOf(IOException.class);
        store().delete(file);
        store().delete(base());
        assertThatThrownBy(() -> store().usableSpace(base()))
                .as("nothing else was there")
                .isInstanceOf(IOException.class);
    }

    @Test
    void aReplacementThatFailsLeavesNothingBehind() throws IOException {
        store().makeDirectory(base().resolve("a/b"));

        assertThatThrownBy(() -> store().replace(base().resolve("a"), new byte[1]))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> store().delete(base().resolve("a"))).isInstanceOf(DirectoryNotEmptyException.class);

        store().delete(base().resolve("a/b"));
        store().delete(base().resolve("a"));
        store().delete(base());
    }

    @Test
    void oneHoldsALockUntilItIsClosed() throws IOException {
        Path file = base().resolve("state/a.lock");
        Closeable lock = locked(file, "first");

        assertThat(store().lock(file, "second")).isEqualTo(new LockResult.Busy("first"));
        locked(base().resolve("state/b.lock"), "other").close();
        lock.close();
        Closeable third = locked(file, "third");
        lock.close();
        assertThat(store().lock(file, "fourth"))
                .as("closing twice frees nothing")
                .isEqualTo(new LockResult.Busy("third"));
        third.close();
        assertThat(content("state", "a.lock")).asString().isEqualTo("third");
    }

    private Closeable locked(Path file, String note) throws IOException {
        LockResult result = store().lock(file, note);
        assertThat(result).isInstanceOf(LockResult.Locked.class);
        return ((LockResult.Locked) result).lock();
    }

    @Test
    void thereIsRoom() throws IOException {
        assertThat(store().usableSpace(base())).isPositive();
    }

    @Test
    void aPlaceIsNeverOutsideOfItsBase() {
        for (String name : List.of("..", ".", "", "a/b", "/a", "a/../..")) {
            assertThatThrownBy(() -> place(name)).as(name).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> place("a", name)).as(name).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(place("a", "b").path()).isEqualTo(base().resolve("a/b"));
    }

    /** A place below the base. */
    protected final FilePlace place(String... names) {
        return FilePlace.of(base(), Arrays.asList(names));
    }

    /** Writes a file with its directories. */
    protected final void write(byte[] bytes, String... names) throws IOException {
        try (OpenFile file = store().open(place(names), Access.WRITE)) {
            file.write(0, List.of(ByteBuffer.wrap(bytes)));
        }
    }

    /** What a file has. */
    protected final byte[] content(String... names) throws IOException {
        return content(place(names));
    }

    private byte[] content(FilePlace place) throws IOException {
        try (OpenFile file = store().open(place, Access.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) file.size());
            file.read(0, bytes);
            return bytes.array();
        }
    }
}
