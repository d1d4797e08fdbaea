package ahti.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.ActorKit;
import ahti.ScriptedWire;
import ahti.core.PeerId;
import ahti.disk.RealFileStore;
import ahti.disk.SampleTorrent;
import ahti.disk.SampleTorrent.Part;
import ahti.torrent.TorrentSpec;
import ahti.torrent.TorrentState;
import ahti.wire.Handshake;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Each torrent draws from a generator of its own. */
class OwnGeneratorTest {
    private static final int PIECE = 32_768;

    @RegisterExtension
    final ActorKit kit = new ActorKit();

    @TempDir
    Path directory;

    private final SampleTorrent first = SampleTorrent.of(PIECE, Part.file("first", PIECE));
    private final SampleTorrent second = SampleTorrent.of(7, PIECE, List.of(Part.file("second", PIECE)));

    @Test
    void whatATorrentDrawsDoesNotDependOnWhatBecameOfAnother() {
        ByteString afterOneThatRuns = handshakeOfTheSecond("1", options -> options);
        ByteString afterOneThatIsRefused = handshakeOfTheSecond("2", options -> options.files(99));

        assertThat(afterOneThatRuns).isEqualTo(afterOneThatIsRefused);
    }

    /** Our handshake, and with it our peer id, for the second torrent of an engine that always begins with the same seed. */
    private ByteString handshakeOfTheSecond(String place, UnaryOperator<AddOptions> optionsOfTheFirst) {
        EngineRig rig = new EngineRig(kit);
        Lan lan = new Lan(0);
        ActorRef<Engine.Command> engine = rig.engine(lan, new RealFileStore());
        rig.add(
                engine,
                new TorrentSource.FromMetainfo(first.metainfo()),
                optionsOfTheFirst.apply(AddOptions.to(directory.resolve("first" + place))));
        // Before its check is done a torrent lets nobody in.
        TorrentSpec spec = AddOptions.to(directory.resolve("second" + place)).of(second.metainfo());
        rig.run(engine, spec, kit.probe(), TorrentState.DOWNLOADING);
        ScriptedWire stranger = new ScriptedWire(kit, second.pieces());
        lan.knock(EngineRig.PORT, stranger.flow());
        stranger.sends(Handshake.encode(
                second.metainfo().infoHash(), PeerId.of("-XX0000-123456789012".getBytes(StandardCharsets.US_ASCII))));
        return stranger.takes(Handshake.LENGTH);
    }
}
