package ahti.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.ActorKit;
import ahti.ScriptedWire;
import ahti.core.Bitfield;
import ahti.core.BlockRef;
import ahti.disk.SampleTorrent;
import ahti.disk.SampleTorrent.Part;
import ahti.wire.PeerMessage;
import ahti.wire.PeerMessage.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A torrent whose files somebody writes while it shares them. */
class ChangedFilesTest {
    /** Two pieces: two blocks and one. */
    private static final int PIECE = 32_768;

    private static final BlockRef FIRST = new BlockRef(0, 0, 16_384);
    private static final BlockRef SECOND = new BlockRef(0, 16_384, 16_384);

    @RegisterExtension
    final ActorKit kit = new ActorKit();

    @TempDir
    Path directory;

    @Test
    void isNotServedButFetchedAgain() throws IOException {
        TorrentRig rig = new TorrentRig(kit, SampleTorrent.of(PIECE, Part.file("sample", PIECE + 1_000)), directory);
        Path file = Files.createDirectories(directory.resolve("data")).resolve("sample");
        Files.write(file, rig.sample.content());
        ScriptedWire leech = rig.peer(1);
        ActorRef<Torrent.Command> torrent = rig.start(1);
        rig.reaches(TorrentState.SEEDING);
        rig.greets(leech, 1, Bitfield.none(2));
        leech.expects(PeerMessage.BitfieldBytes.of(Bitfield.all(2)));
        leech.sends(Signal.INTERESTED);
        leech.expects(Signal.UNCHOKE);
        leech.sends(new PeerMessage.Request(SECOND));
        leech.expects(new PeerMessage.Piece(rig.block(SECOND)));

        byte[] damaged = rig.sample.content();
        damaged[5]++;
        Files.write(file, damaged);
        Files.setLastModifiedTime(file, FileTime.fromMillis(2_000_000_000_000L));
        kit.pass(Duration.ofSeconds(2));
        ScriptedWire seed = rig.peer(2);
        leech.sends(new PeerMessage.Request(FIRST));

        leech.expectsTheEnd();
        rig.reaches(TorrentState.CHECKING);
        rig.reaches(TorrentState.DOWNLOADING);
        torrent.tell(new Torrent.AddPeers(List.of(TorrentRig.address(2))));
        rig.greets(seed, 2, Bitfield.all(2));
        assertThat(seed.next()).isInstanceOf(PeerMessage.BitfieldBytes.class);
        seed.expects(Signal.INTERESTED, new PeerMessage.Request(FIRST), new PeerMessage.Request(SECOND));
        rig.serves(seed, FIRST);
        rig.serves(seed, SECOND);
        rig.reaches(TorrentState.SEEDING);
        assertThat(file).hasBinaryContent(rig.sample.content());
    }
}
