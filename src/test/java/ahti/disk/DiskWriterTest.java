package ahti.disk;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.Bitfield;
import ahti.core.Block;
import ahti.core.BlockRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

class DiskWriterTest extends DiskWriterFixture {
    @Test
    void beginsWithNothingAndMakesTheEmptyFiles() {
        ActorRef<DiskWriter.Command> disk = disk();

        disk.tell(new DiskWriter.Prepare(prepared.ref()));

        prepared.expectMessage(new DiskWriter.Prepared(Bitfield.none(5), Bitfield.none(5)));
        assertThat(torrent.path(base, 3)).isEmptyFile();
        assertThat(torrent.path(base, 0)).doesNotExist();
    }

    @Test
    void storesPiecesAndServesThem() {
        ActorRef<DiskWriter.Command> disk = preparedDisk();

        storeAll(disk);

        disk.tell(new DiskWriter.Read(List.of(new BlockRef(2, 0, 8), new BlockRef(2, 8, 8)), read.ref()));
        ByteString piece = ByteString.fromArray(torrent.piece(2));
        read.expectMessage(new DiskWriter.BlocksRead(List.of(
                new Block(new BlockRef(2, 0, 8), piece.take(8)), new Block(new BlockRef(2, 8, 8), piece.drop(8)))));
        assertThat(check(disk, 4)).isEqualTo(right(4));
    }

    @Test
    void aPieceWhoseFileIsGoneSinceItWasFoundIsNotJustWrong() throws IOException {
        torrent.writeTo(base);
        ActorRef<DiskWriter.Command> disk = preparedDisk();
        Path gone = torrent.path(base, 0);
        Files.delete(gone);

        assertThat(check(disk, 0))
                .isEqualTo(new PieceInspector.Unreadable(
                        List.of(0), new DiskProblem.Faulty(gone, "no such file or directory")));
    }

    @Test
    void ofPiecesThatAreThereTheRightOnesAreSaid() throws IOException {
        torrent.writeTo(base);
        byte[] wrong = torrent.file(1);
        wrong[20]++;
        Files.write(torrent.path(base, 1), wrong);
        ActorRef<DiskWriter.Command> disk = preparedDisk();
        List<Integer> asked = List.of(0, 2, 3, 4);

        disk.tell(new DiskWriter.Check(asked, kit.spawn(PieceInspector.create()), checked.ref()));

        checked.expectMessage(new PieceInspector.Checked(asked, List.of(0, 2, 4)));
    }

    @Test
    void whatOnlyServesNeedsNoPermissionToWrite() throws IOException {
        torrent.writeTo(base);
        Files.delete(torrent.path(base, 3));
        Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("r-xr-xr-x"));

        ActorRef<DiskWriter.Command> disk = disk(new RealFileStore(), Set.of(), false, true);

        assertThat(prepare(disk)).isEqualTo(new DiskWriter.Prepared(Bitfield.none(5), Bitfield.all(5)));
        assertThat(torrent.path(base, 3)).doesNotExist();
    }

    @Test
    void theDownloadDirectoryItselfMayBeALink() throws IOException {
        Path elsewhere = Files.createDirectory(scratch.resolve("elsewhere"));
        Files.createSymbolicLink(base, elsewhere);

        ActorRef<DiskWriter.Command> disk = preparedDisk();
        storeAll(disk);

        assertThat(torrent.path(elsewhere, 1)).hasBinaryContent(torrent.file(1));
    }
}
