package ahti.disk;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.Bitfield;
import ahti.core.Block;
import ahti.core.BlockRef;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files that somebody writes while they are served. */
class ChangedWhileServedTest extends DiskWriterFixture {
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private ActorRef<DiskWriter.Command> disk;

    @BeforeEach
    void everythingIsStored() {
        disk = preparedDisk();
        remember(disk, Bitfield.none(5));
        storeAll(disk);
        assertIsServed(0, 1, 2, 3, 4);
    }

    @Test
    void whatIsWrongIsNotServedAndTheRestIs() throws IOException {
        // Byte 20 of b is in piece 3.
        overwrite(1, 20, (byte) (torrent.file(1)[20] + 1));
        kit.pass(A_SECOND);

        assertIsServed(0, 1, 2, 4);
        assertIsNotServed(3);
        assertIsServed(2);
    }

    @Test
    void whatWasOnlyTouchedIsServed() throws IOException {
        overwrite(1, 20, torrent.file(1)[20]);
        Files.setLastModifiedTime(torrent.path(base, 0), FileTime.fromMillis(1));
        kit.pass(A_SECOND);

        assertIsServed(0, 1, 2, 3, 4);
    }

    @Test
    void whatIsWrittenAgainIsLookedAtAgain() throws IOException {
        overwrite(1, 20, torrent.file(1)[20]);
        kit.pass(A_SECOND);
        assertIsServed(3);
        overwrite(1, 20, (byte) (torrent.file(1)[20] + 1));
        Files.setLastModifiedTime(torrent.path(base, 1), FileTime.fromMillis(1));
        kit.pass(A_SECOND);

        assertIsNotServed(3);
    }

    @Test
    void whatWeWriteOurselvesIsNoneOfIt() {
        kit.pass(A_SECOND);
        store(disk, 3);
        assertIsServed(2, 3, 4);
        kit.pass(A_SECOND);
        assertIsServed(2, 3, 4);
    }

    @Test
    void whoeverPreparesAnewLearnsWhatIsStillThere() throws IOException {
        remember(disk, Bitfield.all(5));
        overwrite(1, 20, (byte) (torrent.file(1)[20] + 1));
        kit.pass(A_SECOND);
        assertIsNotServed(3);

        assertThat(prepare(disk)).isEqualTo(new DiskWriter.Prepared(pieces(0, 1), pieces(2, 3, 4)));
    }

    private void overwrite(int file, int at, byte value) throws IOException {
        Path path = torrent.path(base, file);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {value}), at);
        }
        // Two writes within a tick of the file system's clock have the same time.
        Files.setLastModifiedTime(path, FileTime.fromMillis(2_000_000_000_000L));
    }

    private void assertIsServed(int... pieces) {
        for (int piece : pieces) {
            BlockRef block = new BlockRef(piece, 0, 8);
            disk.tell(new DiskWriter.Read(List.of(block), read.ref()));
            ByteString bytes = ByteString.fromArray(torrent.piece(piece)).take(8);
            read.expectMessage(new DiskWriter.BlocksRead(List.of(new Block(block, bytes))));
        }
    }

    private void assertIsNotServed(int piece) {
        List<BlockRef> blocks = List.of(new BlockRef(piece, 0, 8));
        disk.tell(new DiskWriter.Read(blocks, read.ref()));
        read.expectMessage(new DiskWriter.NotRead(blocks, new DiskProblem.Changed(torrent.path(base, 1))));
    }
}
