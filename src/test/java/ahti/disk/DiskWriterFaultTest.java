package ahti.disk;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.Bitfield;
import ahti.core.BlockRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;

class DiskWriterFaultTest extends DiskWriterFixture {
    private static FileStore failingWhen(BiPredicate<String, Path> operationOnPath) {
        return failingWhen(operationOnPath, path -> new IOException("Input/output error"));
    }

    private static FileStore failingWhen(
            BiPredicate<String, Path> operationOnPath, Function<Path, IOException> failure) {
        return new WrappedFileStore() {
            @Override
            protected void before(String operation, Path path) throws IOException {
                if (operationOnPath.test(operation, path)) {
                    throw failure.apply(path);
                }
            }
        };
    }

    @Test
    void aFullDiskIsSaidBeforeAnythingIsWritten() {
        FileStore full = new WrappedFileStore() {
            @Override
            public long usableSpace(Path directory) {
                return 79;
            }
        };
        ActorRef<DiskWriter.Command> disk = disk(full, Set.of(), false, false);

        disk.tell(new DiskWriter.Prepare(prepared.ref()));

        prepared.expectMessage(new DiskWriter.NotPrepared(new DiskProblem.Full(base)));
        assertThat(base).isEmptyDirectory();
    }

    @Test
    void whenTheDiskIsFullThePieceIsNotStoredAndTheNextMayBe() {
        FileStore full = new WrappedFileStore() {
            private int writes;

            @Override
            protected void before(String operation, Path path) throws IOException {
                if (operation.equals("write") && writes++ == 0) {
                    throw new IOException("No space left on device");
                }
            }
        };
        ActorRef<DiskWriter.Command> disk = disk(full, Set.of(), false, false);
        prepare(disk);

        disk.tell(new DiskWriter.Store(0, torrent.blocks(0), stored.ref()));
        stored.expectMessage(new DiskWriter.NotStored(0, new DiskProblem.Full(torrent.path(base, 0))));
        store(disk, 0);
    }

    @Test
    void aReadErrorIsAnsweredAndTheNextReadTriedAnew() {
        AtomicInteger reads = new AtomicInteger();
        FileStore failing = failingWhen((operation, path) -> operation.equals("read") && reads.getAndIncrement() < 2);
        ActorRef<DiskWriter.Command> disk = disk(failing, Set.of(), false, false);
        prepare(disk);
        storeAll(disk);
        DiskProblem problem = new DiskProblem.Faulty(torrent.path(base, 0), "Input/output error");
        List<BlockRef> blocks = List.of(new BlockRef(0, 0, 16));

        disk.tell(new DiskWriter.Read(blocks, read.ref()));
        read.expectMessage(new DiskWriter.NotRead(blocks, problem));
        assertThat(check(disk, 0)).isEqualTo(new PieceInspector.Unreadable(List.of(0), problem));
        assertThat(check(disk, 0)).isEqualTo(right(0));
    }

    @Test
    void whatWasFoundIsNotGivenUpWhenItCannotBeForced() {
        ActorRef<DiskWriter.Command> first = preparedDisk();
        storeAll(first);
        close(first);
        FileStore failing = failingWhen((operation, path) -> operation.equals("force") && path.startsWith(base));
        ActorRef<DiskWriter.Command> second = disk(failing, Set.of(), true, false);
        prepare(second);
        for (int piece = 0; piece < 5; piece++) {
            assertThat(check(second, piece)).isEqualTo(right(piece));
        }

        second.tell(new DiskWriter.Remember(Bitfield.all(5), stored.ref()));
        stored.expectMessageClass(DiskWriter.NotForced.class);

        assertThat(preparedAnew().suspects()).isEqualTo(Bitfield.all(5));
    }

    /** It was written, and is forced when the file can be opened again. */
    @Test
    void whatCouldNotBeOpenedToBeForcedIsNotGivenUp() {
        AtomicBoolean isForcing = new AtomicBoolean();
        FileStore failing = failingWhen((operation, path) -> operation.equals("open") && isForcing.get());
        ActorRef<DiskWriter.Command> disk = disk(failing, Set.of(), false, false);
        prepare(disk);
        storeAll(disk);

        isForcing.set(true);
        disk.tell(new DiskWriter.Remember(Bitfield.all(5), stored.ref()));
        stored.expectMessageClass(DiskWriter.NotForced.class);

        assertThat(preparedAnew().suspects()).isEqualTo(Bitfield.all(5));
    }

    /** Its disk may come back without it. */
    @Test
    void whatIsGoneWhenItIsToBeForcedDoesNotCountAsForced() {
        AtomicBoolean isForcing = new AtomicBoolean();
        FileStore unplugged = failingWhen(
                (operation, path) -> operation.equals("open") && isForcing.get() && path.equals(torrent.path(base, 0)),
                path -> new NoSuchFileException(path.toString()));
        ActorRef<DiskWriter.Command> disk = disk(unplugged, Set.of(), false, false);
        prepare(disk);
        storeAll(disk);

        isForcing.set(true);
        disk.tell(new DiskWriter.Remember(Bitfield.all(5), stored.ref()));
        stored.expectMessage(DiskWriter.Remembered.INSTANCE);

        DiskWriter.Prepared next = preparedAnew();
        assertThat(next.trusted()).isEqualTo(pieces(3, 4));
        assertThat(next.suspects()).isEqualTo(pieces(0, 1, 2));
    }

    /** Nobody knows what became of it: systems forget what they could not write, and say so once. */
    @Test
    void whatCouldNotBeForcedIsNoLongerStoredAndWhatWasNotTriedIsCheckedByTheNextRun() {
        FileStore failing =
                failingWhen((operation, path) -> operation.equals("force") && path.equals(torrent.path(base, 0)));
        ActorRef<DiskWriter.Command> disk = disk(failing, Set.of(), false, false);
        prepare(disk);
        storeAll(disk);

        disk.tell(new DiskWriter.Remember(Bitfield.all(5), stored.ref()));
        stored.expectMessage(
                new DiskWriter.NotForced(new DiskProblem.Faulty(torrent.path(base, 0), "Input/output error")));

        DiskWriter.Prepared next = preparedAnew();
        assertThat(next.trusted()).isEqualTo(pieces());
        assertThat(next.suspects()).isEqualTo(pieces(3, 4));
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsSaidAndPreparingMayBeTriedAgain() throws IOException {
        FileStore guarded = new WrappedFileStore() {
            private int checks;

            @Override
            protected void before(String operation, Path path) throws IOException {
                if (operation.equals("checkWritable") && checks++ == 0) {
                    throw new java.nio.file.AccessDeniedException(path.toString());
                }
            }
        };
        ActorRef<DiskWriter.Command> disk = disk(guarded, Set.of(), false, false);

        disk.tell(new DiskWriter.Prepare(prepared.ref()));
        prepared.expectMessage(
                new DiskWriter.NotPrepared(new DiskProblem.Denied(torrent.path(base, 0), "permission denied")));
        prepare(disk);
    }

    @Test
    void linksLyingInTheDirectoryAreNotFollowed() throws IOException {
        Path elsewhere = Files.createDirectory(scratch.resolve("elsewhere"));
        Files.createDirectories(base.resolve("sample"));
        Files.createSymbolicLink(base.resolve("sample/deep"), elsewhere);
        ActorRef<DiskWriter.Command> disk = disk();

        disk.tell(new DiskWriter.Prepare(prepared.ref()));

        prepared.expectMessage(
                new DiskWriter.NotPrepared(new DiskProblem.InTheWay(base.resolve("sample/deep"), "a symbolic link")));
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void aFullDiskIsKnownByItsRoomWhenItsWordsAreForeign() {
        FileStore full = new WrappedFileStore() {
            private boolean isFull;

            @Override
            protected void before(String operation, Path path) throws IOException {
                if (operation.equals("write")) {
                    isFull = true;
                    throw new IOException("Auf dem Ger\u00e4t ist kein Speicherplatz mehr verf\u00fcgbar");
                }
            }

            @Override
            public long usableSpace(Path directory) throws IOException {
                return isFull ? 0 : super.usableSpace(directory);
            }
        };
        ActorRef<DiskWriter.Command> disk = disk(full, Set.of(), false, false);
        prepare(disk);

        disk.tell(new DiskWriter.Store(0, torrent.blocks(0), stored.ref()));

        stored.expectMessage(new DiskWriter.NotStored(0, new DiskProblem.Full(torrent.path(base, 0))));
    }

    @Test
    void whenTheDirectoryIsGoneItIsNotMadeAgain() throws IOException {
        ActorRef<DiskWriter.Command> disk = preparedDisk();
        Files.move(base, scratch.resolve("gone"));

        disk.tell(new DiskWriter.Store(0, torrent.blocks(0), stored.ref()));

        stored.expectMessage(new DiskWriter.NotStored(
                0, new DiskProblem.Faulty(torrent.path(base, 0), "no such file or directory")));
        assertThat(base).doesNotExist();
    }

    @Test
    void preparingOnceMoreAfterAProblemChecksWhatIsThere() {
        ActorRef<DiskWriter.Command> disk = preparedDisk();
        storeAll(disk);

        assertThat(prepare(disk)).isEqualTo(new DiskWriter.Prepared(Bitfield.none(5), Bitfield.all(5)));
    }
}
