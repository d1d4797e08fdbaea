package ahti.disk;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.Bitfield;
import ahti.metainfo.FileSelection;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;

class DiskWriterResumeTest extends DiskWriterFixture {
    @Test
    void whatWasRememberedIsTrustedByTheNextRun() {
        ActorRef<DiskWriter.Command> disk = preparedDisk();
        storeAll(disk);
        remember(disk, Bitfield.all(5));
        close(disk);

        assertThat(preparedAnew()).isEqualTo(new DiskWriter.Prepared(Bitfield.all(5), Bitfield.none(5)));
    }

    @Test
    void aFinishedDownloadIsRecognisedWithoutADiskWriter() throws IOException {
        assertThat(isFinished(Set.of())).isFalse();
        ActorRef<DiskWriter.Command> disk = preparedDisk();
        storeAll(disk);
        assertThat(isFinished(Set.of())).isFalse();
        remember(disk, Bitfield.all(5));
        close(disk);
        assertThat(isFinished(Set.of())).isTrue();
        Files.delete(torrent.path(base, 3));
        assertThat(isFinished(Set.of())).as("an empty file is gone").isFalse();
        assertThat(isFinished(Set.of(1, 2))).isTrue();

        Path c = torrent.path(base, 2);
        Files.setLastModifiedTime(
                c, FileTime.from(Files.getLastModifiedTime(c).toInstant().plusNanos(1000)));
        assertThat(isFinished(Set.of(1))).as("b shares a piece with c").isFalse();
        assertThat(isFinished(Set.of(0))).isTrue();
    }

    private boolean isFinished(Set<Integer> selected) {
        return FinishedDownload.isThere(
                new RealFileStore(), torrent.metainfo(), base, files(selected), Optional.of(state));
    }

    @Test
    void aFileTouchedSinceMakesItsPiecesSuspects() throws IOException {
        ActorRef<DiskWriter.Command> disk = preparedDisk();
        storeAll(disk);
        remember(disk, Bitfield.all(5));
        close(disk);
        Path c = torrent.path(base, 2);
        FileTime before = Files.getLastModifiedTime(c);
        Files.setLastModifiedTime(c, FileTime.from(before.toInstant().plusNanos(1000)));

        assertThat(preparedAnew()).isEqualTo(new DiskWriter.Prepared(pieces(0, 1, 2, 3), pieces(4)));
    }

    @Test
    void aFileGoneSinceMakesItsPiecesNeither() throws IOException {
        ActorRef<DiskWriter.Command> disk = preparedDisk();
        storeAll(disk);
        remember(disk, Bitfield.all(5));
        close(disk);
        Files.delete(torrent.path(base, 0));

        assertThat(preparedAnew()).isEqualTo(new DiskWriter.Prepared(pieces(3, 4), Bitfield.none(5)));
    }

    @Test
    void afterARunThatWasKilledOnlyWhatItStoredSinceItRememberedIsChecked() {
        ActorRef<DiskWriter.Command> disk = preparedDisk();
        store(disk, 0);
        store(disk, 3);
        remember(disk, pieces(0, 3));
        store(disk, 1);
        store(disk, 4);
        awaitTheJournal(disk);

        assertThat(preparedAnew()).isEqualTo(new DiskWriter.Prepared(pieces(0, 3), pieces(1, 4)));
    }

    /** An answer to what was asked after the store comes after the entry. */
    private void awaitTheJournal(ActorRef<DiskWriter.Command> disk) {
        assertThat(check(disk, 0)).isEqualTo(right(0));
    }

    @Test
    void aWriteThatTheJournalDoesNotKnowOfMakesAllOfItsFileSuspects() throws IOException {
        ActorRef<DiskWriter.Command> disk = preparedDisk();
        storeAll(disk);
        remember(disk, Bitfield.all(5));
        Path b = torrent.path(base, 1);
        Instant before = Files.getLastModifiedTime(b).toInstant();
        Files.write(b, new byte[] {1}, StandardOpenOption.WRITE);
        assertThat(preparedAnew()).isEqualTo(new DiskWriter.Prepared(pieces(0, 1), pieces(2, 3, 4)));

        Files.setLastModifiedTime(b, FileTime.from(before));
        assertThat(preparedAnew())
                .as("and was dated back")
                .isEqualTo(new DiskWriter.Prepared(pieces(0, 1), pieces(2, 3, 4)));
    }

    @Test
    void whatSomebodyDoesToAFileWhileItIsInUseIsSeenByTheNextRun() throws IOException {
        ActorRef<DiskWriter.Command> disk = preparedDisk();
        storeAll(disk);
        remember(disk, Bitfield.all(5));
        Files.write(torrent.path(base, 2), new byte[] {1}, StandardOpenOption.WRITE);
        remember(disk, Bitfield.all(5));
        close(disk);

        assertThat(preparedAnew()).isEqualTo(new DiskWriter.Prepared(pieces(0, 1, 2, 3), pieces(4)));
    }

    @Test
    void whatSomebodyWroteBetweenTwoWritesOfOursIsSeenByTheNextRun() throws IOException {
        ActorRef<DiskWriter.Command> disk = preparedDisk();
        store(disk, 0);
        store(disk, 3);
        remember(disk, pieces(0, 3));
        Path b = torrent.path(base, 1);
        Files.write(b, new byte[] {1}, StandardOpenOption.WRITE);
        Files.setLastModifiedTime(b, FileTime.fromMillis(1));
        store(disk, 2);
        remember(disk, pieces(0, 2, 3));
        close(disk);

        // Piece 4 was never stored, but its files are no longer what anybody vouches for.
        assertThat(preparedAnew()).isEqualTo(new DiskWriter.Prepared(pieces(0), pieces(2, 3)));
    }

    @Test
    void whenAllIsToBeCheckedNoRecordIsTrusted() {
        ActorRef<DiskWriter.Command> disk = preparedDisk();
        storeAll(disk);
        remember(disk, Bitfield.all(5));
        close(disk);

        ActorRef<DiskWriter.Command> again = disk(new RealFileStore(), Set.of(), true, false);
        again.tell(new DiskWriter.Prepare(prepared.ref()));

        prepared.expectMessage(new DiskWriter.Prepared(Bitfield.none(5), Bitfield.all(5)));
    }

    @Test
    void anUnusableRecordIsIgnored() throws IOException {
        ActorRef<DiskWriter.Command> disk = preparedDisk();
        storeAll(disk);
        remember(disk, Bitfield.all(5));
        close(disk);
        Path record = state.resolve(torrent.metainfo().infoHash().hex() + ".resume");
        byte[] whole = Files.readAllBytes(record);
        Files.write(record, java.util.Arrays.copyOf(whole, whole.length - 1));

        assertThat(preparedAnew()).isEqualTo(new DiskWriter.Prepared(Bitfield.none(5), Bitfield.all(5)));
    }

    @Test
    void withoutAStateDirectoryNothingIsRemembered() {
        DiskWriter.Settings settings = new DiskWriter.Settings(
                torrent.metainfo(),
                base,
                FileSelection.all(),
                Optional.empty(),
                false,
                false,
                CONFIG,
                new RealFileStore());
        ActorRef<DiskWriter.Command> disk = kit.spawn(DiskWriter.create(settings));
        prepare(disk);
        storeAll(disk);
        remember(disk, Bitfield.all(5));
        close(disk);

        ActorRef<DiskWriter.Command> again = kit.spawn(DiskWriter.create(settings));
        assertThat(prepare(again)).isEqualTo(new DiskWriter.Prepared(Bitfield.none(5), Bitfield.all(5)));
        assertThat(state).doesNotExist();
    }

    @Test
    void filesNotSelectedNeverAppearAndTheirShareOfPiecesIsKept() {
        ActorRef<DiskWriter.Command> disk = disk(new RealFileStore(), Set.of(1), false, false);
        prepare(disk);
        for (int piece : List.of(2, 3, 4)) {
            store(disk, piece);
        }
        assertThat(check(disk, 2)).isEqualTo(right(2));
        remember(disk, pieces(2, 3, 4));
        close(disk);

        assertThat(torrent.path(base, 0)).doesNotExist();
        assertThat(torrent.path(base, 1)).hasBinaryContent(torrent.file(1));
        assertThat(torrent.path(base, 2)).doesNotExist();
        assertThat(torrent.path(base, 3)).doesNotExist();
        ActorRef<DiskWriter.Command> again = disk(new RealFileStore(), Set.of(1), false, false);
        assertThat(prepare(again)).isEqualTo(new DiskWriter.Prepared(pieces(2, 3, 4), Bitfield.none(5)));
    }

    @Test
    void whenMoreIsSelectedLaterThePartFileGoes() throws IOException {
        ActorRef<DiskWriter.Command> disk = disk(new RealFileStore(), Set.of(1), false, false);
        prepare(disk);
        for (int piece : List.of(2, 3, 4)) {
            store(disk, piece);
        }
        remember(disk, pieces(2, 3, 4));
        close(disk);
        Path part = state.resolve(torrent.metainfo().infoHash().hex() + ".part");
        assertThat(names(base)).containsExactly("sample");
        assertThat(part).exists();

        ActorRef<DiskWriter.Command> again = disk();
        assertThat(prepare(again))
                .as("what was in the part file is in its files, and will be checked")
                .isEqualTo(new DiskWriter.Prepared(pieces(3), pieces(2, 4)));
        for (int piece : List.of(2, 4)) {
            assertThat(check(again, piece)).isEqualTo(right(piece));
        }
        storeAll(again);
        close(again);

        assertThat(names(base)).containsExactly("sample");
        assertThat(part).doesNotExist();
        for (int file = 0; file < 4; file++) {
            assertThat(torrent.path(base, file)).hasBinaryContent(torrent.file(file));
        }
    }

    @Test
    void withoutAStateDirectoryThePartFileIsHiddenBesideTheDownload() throws IOException {
        ActorRef<DiskWriter.Command> disk = kit.spawn(DiskWriter.create(new DiskWriter.Settings(
                torrent.metainfo(),
                base,
                files(Set.of(1)),
                Optional.empty(),
                false,
                false,
                CONFIG,
                new RealFileStore())));
        prepare(disk);
        store(disk, 2);
        close(disk);

        assertThat(names(base)).hasSize(2).anyMatch(name -> name.startsWith(".") && name.endsWith(".ahti-part"));
    }

    @Test
    void aRecordThatCannotBeWrittenIsSaid() {
        FileStore failing = new WrappedFileStore() {
            @Override
            protected void before(String operation, Path path) throws IOException {
                if (operation.equals("replace")) {
                    throw new FileSystemException(path.toString(), null, "Disk quota exceeded");
                }
            }
        };
        ActorRef<DiskWriter.Command> disk = disk(failing, Set.of(), false, false);
        prepare(disk);

        disk.tell(new DiskWriter.Remember(Bitfield.none(5), stored.ref()));

        Path record = state.resolve(torrent.metainfo().infoHash().hex() + ".resume");
        stored.expectMessage(new DiskWriter.NotRemembered(new DiskProblem.Full(record)));
    }
}
