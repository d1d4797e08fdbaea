package ahti.disk;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.ActorKit;
import ahti.core.InfoHash;
import ahti.core.Limits;
import ahti.metainfo.Metainfo;
import ahti.metainfo.MetainfoReader;
import ahti.metainfo.ReadResult;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Metadata of a link that an earlier run kept, and that are not as it left them: never others under the same info hash. */
class KeptMetadataTest {
    private static final byte[] TORRENT = torrent("a");

    @RegisterExtension
    final ActorKit kit = new ActorKit();

    @TempDir
    Path state;

    private final Metainfo right =
            known(MetainfoReader.read(TORRENT, Limits.DEFAULT)).orElseThrow();
    private final InfoHash hash = right.infoHash();
    private ActorRef<DiskClerk.Command> clerk;
    private TestProbe<DiskClerk.Reply> answers;
    private Path file;

    @BeforeEach
    void begin() {
        clerk = kit.spawn(DiskClerk.create(new RealFileStore()));
        answers = kit.probe();
        file = KeptMetadata.file(state, hash);
    }

    private static byte[] torrent(String name) {
        String pieces = "x".repeat(20);
        return ("d4:infod6:lengthi100e4:name" + name.length() + ":" + name + "12:piece lengthi16384e6:pieces20:"
                        + pieces + "ee")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void areReadBack() throws IOException {
        Files.write(file, TORRENT);

        assertThat(recalled()).contains(right);
    }

    @Test
    void cutOffOrWithABitFlippedTheyAreNotTakenForOthers() throws IOException {
        Random random = new Random(1);
        for (int at = 0; at < TORRENT.length; at++) {
            Files.write(file, Arrays.copyOf(TORRENT, at));
            assertThat(recalled()).isEmpty();
            byte[] flipped = TORRENT.clone();
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, flipped);
            recalled().ifPresent(found -> assertThat(found).isEqualTo(right));
        }
    }

    @Test
    void ofAnotherTorrentTooLargeOrNoFileTheyAreNothing() throws IOException {
        Files.write(file, torrent("b"));
        assertThat(recalled()).isEmpty();

        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(1L << 40);
        }
        assertThat(recalled()).isEmpty();

        Files.delete(file);
        assertThat(recalled()).isEmpty();
        Files.createSymbolicLink(file, Files.write(state.resolve("elsewhere"), TORRENT));
        assertThat(recalled()).isEmpty();
        Files.delete(file);
        Files.createDirectory(file);
        assertThat(recalled()).isEmpty();
    }

    /** What the engine takes of what the clerk says: what has the info hash of the link. */
    private Optional<Metainfo> recalled() {
        clerk.tell(new DiskClerk.RecallTorrent(1, file, Limits.DEFAULT, answers.ref()));
        return answers.receiveMessage() instanceof DiskClerk.Read read
                ? known(read.result()).filter(found -> found.infoHash().equals(hash))
                : Optional.empty();
    }

    private static Optional<Metainfo> known(ReadResult result) {
        return result instanceof ReadResult.Ok ok ? Optional.of(ok.metainfo()) : Optional.empty();
    }
}
