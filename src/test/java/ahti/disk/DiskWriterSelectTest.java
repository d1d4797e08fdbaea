package ahti.disk;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.Bitfield;
import ahti.metainfo.FileSelection;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;

/** Other files are wanted while a disk writer is at work. */
class DiskWriterSelectTest extends DiskWriterFixture {

    private DiskWriter.SelectReply select(ActorRef<DiskWriter.Command> disk, FileSelection files, Bitfield stored) {
        TestProbe<DiskWriter.SelectReply> replies = kit.probe();
        disk.tell(new DiskWriter.Select(files, stored, replies.ref()));
        return replies.receiveMessage();
    }

    @Test
    void whatThePartFileHasGoesIntoTheFilesThatAreWantedNow() {
        ActorRef<DiskWriter.Command> disk = disk(new RealFileStore(), Set.of(1), false, false);
        prepare(disk);
        store(disk, 2);
        store(disk, 4);

        // Only piece 2 is known to whoever asks: 4 has just been written.
        assertThat(select(disk, FileSelection.all(), pieces(2))).isEqualTo(DiskWriter.Selected.INSTANCE);

        for (int piece : List.of(2, 4)) {
            assertThat(check(disk, piece)).isEqualTo(right(piece));
        }
        assertThat(torrent.path(base, 3)).as("a file without bytes").exists();
        for (int piece : List.of(0, 1, 3)) {
            store(disk, piece);
        }
        remember(disk, Bitfield.all(5));
        close(disk);
        for (int file = 0; file < 4; file++) {
            assertThat(torrent.path(base, file)).hasBinaryContent(torrent.file(file));
        }
        assertThat(state.resolve(torrent.metainfo().infoHash().hex() + ".part")).doesNotExist();
        assertThat(preparedAnew()).isEqualTo(new DiskWriter.Prepared(Bitfield.all(5), Bitfield.none(5)));
    }

    @Test
    void aFileThatIsNotWantedAnyMoreStaysWhereItIs() {
        ActorRef<DiskWriter.Command> disk = preparedDisk();
        store(disk, 0);

        assertThat(select(disk, FileSelection.only(List.of(1)), pieces(0))).isEqualTo(DiskWriter.Selected.INSTANCE);
        for (int piece : List.of(2, 3, 4)) {
            store(disk, piece);
        }

        close(disk);
        assertThat(torrent.path(base, 0)).exists();
        assertThat(torrent.path(base, 1)).hasBinaryContent(torrent.file(1));
        assertThat(torrent.path(base, 2)).as("a neighbour that was never begun").doesNotExist();
    }

    @Test
    void whenItFailsEverythingIsAsBefore() throws IOException {
        AtomicBoolean full = new AtomicBoolean();
        FileStore store = new WrappedFileStore() {
            @Override
            protected void before(String operation, Path path) throws IOException {
                if (full.get() && operation.equals("open") && path.endsWith("sample/c")) {
                    throw new FileSystemException(path.toString(), null, "No space left on device");
                }
            }
        };
        ActorRef<DiskWriter.Command> disk = disk(store, Set.of(1), false, false);
        prepare(disk);
        store(disk, 4);

        full.set(true);
        assertThat(select(disk, FileSelection.all(), pieces(4)))
                .isEqualTo(new DiskWriter.NotSelected(new DiskProblem.Full(torrent.path(base, 2))));

        assertThat(check(disk, 4)).isEqualTo(right(4));
        full.set(false);
        assertThat(select(disk, FileSelection.all(), pieces(4))).isEqualTo(DiskWriter.Selected.INSTANCE);
        assertThat(check(disk, 4)).isEqualTo(right(4));
    }
}
