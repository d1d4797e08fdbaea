package ahti.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.ActorKit;
import ahti.ScriptedWire;
import ahti.core.Bitfield;
import ahti.disk.SampleTorrent;
import ahti.disk.SampleTorrent.Part;
import ahti.limit.Seats;
import ahti.peer.PeerConnection;
import ahti.wire.PeerMessage.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Whom a torrent keeps, and whom it meets again. */
class TorrentPeersTest {
    /** Two pieces: two blocks and one. */
    private static final int PIECE = 32_768;

    @RegisterExtension
    final ActorKit kit = new ActorKit();

    @TempDir
    Path directory;

    private TorrentRig rig;

    @BeforeEach
    void rig() {
        rig = new TorrentRig(kit, SampleTorrent.of(PIECE, Part.file("sample", PIECE + 1_000)), directory);
    }

    @Test
    void twoSeedsPartAndDoNotMeetAgainSoon() throws IOException {
        Files.createDirectories(directory.resolve("data"));
        Files.write(directory.resolve("data/sample"), rig.sample.content());
        ScriptedWire peer = rig.peer(1);
        ActorRef<Torrent.Command> torrent = rig.start(1);
        rig.greets(peer, 1, Bitfield.all(2));
        peer.expectsTheEnd();
        nobodyIsConnected(torrent);

        ScriptedWire again = rig.peer(1);
        kit.pass(Duration.ofMinutes(10));
        // An answer says that the ticks of those minutes are handled.
        nobodyIsConnected(torrent);
        again.expectsNothing();
    }

    @Test
    void aPeerDialledTwiceIsDialledAgainOnceTheOtherConnectionIsGone() {
        ScriptedWire first = rig.peer(1);
        ActorRef<Torrent.Command> torrent = rig.start(1);
        rig.greets(first, 7, Bitfield.none(2));
        first.sends(Signal.INTERESTED);
        first.expects(Signal.UNCHOKE);
        ScriptedWire second = rig.peer(2);
        torrent.tell(new Torrent.AddPeers(List.of(TorrentRig.address(2))));
        rig.greets(second, 7, Bitfield.none(2));
        second.expectsTheEnd();
        first.hangsUp();
        nobodyIsConnected(torrent);

        ScriptedWire later = rig.peer(2);
        kit.pass(Duration.ofSeconds(6));
        rig.greets(later, 7, Bitfield.none(2));
    }

    @Test
    void manyAtOnceFromOneAddressDoNotSlipInTogether() {
        ActorRef<Torrent.Command> torrent = rig.start();
        rig.reaches(TorrentState.DOWNLOADING);
        List<TestProbe<PeerConnection.Command>> guests = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            TestProbe<PeerConnection.Command> stranger = kit.probe();
            torrent.tell(new Torrent.Welcome(stranger.ref(), TorrentRig.address(9)));
            stranger.expectMessageClass(PeerConnection.Enter.class);
            guests.add(stranger);
        }
        TestProbe<PeerConnection.Command> oneMore = kit.probe();
        torrent.tell(new Torrent.Welcome(oneMore.ref(), TorrentRig.address(9)));

        // None of them is through with its handshake: the one that takes longest gives way.
        oneMore.expectMessageClass(PeerConnection.Enter.class);
        guests.get(0).expectMessageClass(PeerConnection.Disconnect.class);
        guests.get(1).expectNoMessage();
    }

    @Test
    void anAddressAroundUsMayBeMany() {
        ActorRef<Torrent.Command> torrent = rig.start();
        rig.reaches(TorrentState.DOWNLOADING);
        for (int i = 0; i < 20; i++) {
            TestProbe<PeerConnection.Command> stranger = kit.probe();
            torrent.tell(new Torrent.Welcome(stranger.ref(), TorrentRig.address(TorrentRig.NEIGHBOURS)));
            stranger.expectMessageClass(PeerConnection.Enter.class);
        }
    }

    @Test
    void thePeerIsNotKeptTwice() {
        ScriptedWire first = rig.peer(1);
        ScriptedWire second = rig.peer(2);
        ActorRef<Torrent.Command> torrent = rig.start(1, 2);
        rig.greets(first, 7, Bitfield.none(2));
        rig.greets(second, 7, Bitfield.none(2));

        kit.pass(Duration.ofSeconds(1));

        TestProbe<Torrent.Peers> probe = kit.probe();
        probe.awaitAssert(() -> {
            torrent.tell(new Torrent.GetPeers(probe.ref()));
            assertThat(probe.receiveMessage().peers()).hasSize(1);
            return null;
        });
    }

    @Test
    void whenOtherTorrentsNeedConnectionsSomeHangUp() {
        ScriptedWire useful = rig.peer(1);
        ScriptedWire other = rig.peer(2);
        ActorRef<Torrent.Command> torrent = rig.start(1, 2);
        rig.greets(useful, 1, Bitfield.all(2));
        useful.expects(Signal.INTERESTED);
        rig.greets(other, 2, Bitfield.all(2));
        other.expects(Signal.INTERESTED);
        torrent.tell(new Torrent.Seated(new Seats.Granted(1)));

        TestProbe<Torrent.Peers> probe = kit.probe();
        probe.awaitAssert(() -> {
            torrent.tell(new Torrent.GetPeers(probe.ref()));
            assertThat(probe.receiveMessage().peers()).hasSize(1);
            return null;
        });
    }

    private void nobodyIsConnected(ActorRef<Torrent.Command> torrent) {
        TestProbe<Torrent.Peers> probe = kit.probe();
        probe.awaitAssert(() -> {
            torrent.tell(new Torrent.GetPeers(probe.ref()));
            assertThat(probe.receiveMessage().peers()).isEmpty();
            return null;
        });
    }
}
