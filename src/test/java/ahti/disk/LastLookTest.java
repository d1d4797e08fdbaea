package ahti.disk;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.Bitfield;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that somebody else has his hands on while they are downloaded: no write of ours fails. */
class LastLookTest extends DiskWriterFixture {

    enum Meddling {
        TAKEN_AWAY {
            @Override
            void with(Path file) throws IOException {
                Files.delete(file);
            }
        },
        DIRECTORY_MOVED {
            @Override
            void with(Path file) throws IOException {
                Path directory = file.getParent();
                Files.move(directory, directory.resolveSibling("elsewhere"));
            }
        },
        CUT_OFF {
            @Override
            void with(Path file) throws IOException {
                Files.write(file, new byte[3]);
            }
        },
        WRITTEN {
            @Override
            void with(Path file) throws IOException {
                Files.write(file, new byte[20], StandardOpenOption.WRITE);
                Files.setLastModifiedTime(file, FileTime.fromMillis(2_000_000_000_000L));
            }
        };

        abstract void with(Path file) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsCompleteThatSomebodyMeddledWith(Meddling meddling) throws IOException {
        ActorRef<DiskWriter.Command> disk = preparedDisk();
        remember(disk, Bitfield.none(5));
        for (int piece : new int[] {0, 2, 3, 4}) {
            store(disk, piece);
        }
        remember(disk, Bitfield.none(5));
        Path file = torrent.path(base, 0);

        meddling.with(file);
        disk.tell(new DiskWriter.Store(1, torrent.blocks(1), stored.ref()));

        stored.expectMessage(new DiskWriter.NotStored(1, new DiskProblem.Changed(file)));
        DiskWriter.Prepared again = prepare(disk);
        assertThat(again.trusted().get(0)).isFalse();
    }
}
