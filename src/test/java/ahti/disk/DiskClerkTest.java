package ahti.disk;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.ActorKit;
import ahti.core.InfoHash;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A clerk that meets bugs: its files throw what no file system throws. */
class DiskClerkTest {
    @RegisterExtension
    final ActorKit kit = new ActorKit();

    @TempDir
    Path directory;

    private volatile String broken = "nothing";

    private ActorRef<DiskClerk.Command> clerk() {
        return kit.spawn(DiskClerk.create(new WrappedFileStore() {
            @Override
            protected void before(String operation, Path path) {
                if (operation.equals(broken) && path.endsWith("data")) {
                    throw new IllegalStateException("a bug, for the test");
                }
            }
        }));
    }

    @Test
    void aBugWhileAPlaceIsMadeReadyDoesNotKeepItLocked() {
        ActorRef<DiskClerk.Command> clerk = clerk();
        broken = "makeDirectory";
        assertThat(occupies(clerk, 1)).isEqualTo(new DiskClerk.Failed(1));

        broken = "nothing";

        assertThat(occupies(clerk, 1)).isEqualTo(new DiskClerk.Occupied(1));
    }

    @Test
    void aBugWithOneDownloadKeepsTheLocksOfOthers() {
        ActorRef<DiskClerk.Command> clerk = clerk();
        assertThat(occupies(clerk, 1)).isEqualTo(new DiskClerk.Occupied(1));
        broken = "makeDirectory";
        assertThat(occupies(clerk, 2)).isEqualTo(new DiskClerk.Failed(2));

        broken = "nothing";

        assertThat(occupies(clerk(), 1)).isInstanceOf(DiskClerk.Taken.class);
        assertThat(occupies(clerk(), 2)).isEqualTo(new DiskClerk.Occupied(2));
    }

    private DiskClerk.Reply occupies(ActorRef<DiskClerk.Command> clerk, int torrent) {
        byte[] hash = new byte[InfoHash.WIRE_LENGTH];
        Arrays.fill(hash, (byte) torrent);
        TestProbe<DiskClerk.Reply> probe = kit.probe();
        clerk.tell(new DiskClerk.Occupy(
                torrent,
                InfoHash.v1(hash),
                directory.resolve("data"),
                true,
                Optional.of(directory.resolve("state")),
                probe.ref()));
        return probe.receiveMessage();
    }
}
