package ahti.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.ActorKit;
import ahti.ScriptedWire;
import ahti.core.Bitfield;
import ahti.core.RateLimits;
import ahti.disk.SampleTorrent;
import ahti.disk.SampleTorrent.Part;
import ahti.limit.Allotter;
import ahti.limit.Flow;
import ahti.picker.Pick;
import ahti.picker.PickReason;
import ahti.torrent.why.ChokeReason;
import ahti.torrent.why.SilenceReason;
import ahti.torrent.why.WaitReason;
import ahti.wire.Handshake;
import ahti.wire.PeerMessage;
import ahti.wire.PeerMessage.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A whole torrent says why it waits, and why each peer is treated as it is. */
class TorrentReasonsTest {
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
    void peersThatAllChokeUsAreTheReason() {
        ScriptedWire first = rig.peer(1);
        ScriptedWire second = rig.peer(2);
        ActorRef<Torrent.Command> torrent = rig.start(1, 2);
        chokes(first, 1);
        chokes(second, 2);

        waitsFor(torrent, new WaitReason.AllChoking(2));
        kit.pass(Duration.ofSeconds(5));
        assertThat(peers(torrent, peers -> peers.size() == 2).get(0).why().silence())
                .contains(new SilenceReason.ChokesUs(Duration.ofSeconds(5)));
    }

    @Test
    void aPeerThatOwesUsSaysWhatWasAskedAndWhy() {
        ScriptedWire peer = rig.peer(1);
        ActorRef<Torrent.Command> torrent = rig.start(1);
        rig.greets(peer, 1, Bitfield.all(2));
        peer.expects(Signal.INTERESTED);
        peer.sends(Signal.INTERESTED);
        for (int asked = 0; asked < 3; asked += peer.next() instanceof PeerMessage.Request ? 1 : 0) {
            // our unchoke comes before, between or after them
        }
        // The next sample knows of them.
        kit.pass(Duration.ofSeconds(1));

        PeerStatus status = peers(
                        torrent,
                        peers -> peers.size() == 1
                                && peers.get(0).inFlight() == 3
                                && !peers.get(0).amChoking())
                .get(0);

        assertThat(status.why().silence()).get().isInstanceOf(SilenceReason.Owes.class);
        assertThat(status.why().picks())
                .containsExactly(new Pick(0, 2, new PickReason.InOrder()), new Pick(1, 1, new PickReason.InOrder()));
        assertThat(status.why().chokes())
                .extracting(decision -> decision.reason())
                .containsExactly(new ChokeReason.NotInterested(), new ChokeReason.IdleSlot(0, 4));

        kit.pass(Duration.ofSeconds(10));
        PeerStatus later =
                peers(torrent, peers -> peers.get(0).why().chokes().size() == 3).get(0);
        assertThat(later.why().chokes().get(2).reason())
                .isEqualTo(new ChokeReason.SlotByRate(new ChokeReason.Place(1, 1, 0, ChokeReason.Measure.SENDS_US), 4));
    }

    @Test
    void whoeverComesAfterTheSlotsAreGivenOutHearsSo() {
        List<ScriptedWire> wires =
                IntStream.rangeClosed(1, 5).mapToObj(rig::peer).toList();
        ActorRef<Torrent.Command> torrent = rig.start(1, 2, 3, 4, 5);
        for (int i = 0; i < wires.size(); i++) {
            rig.greets(wires.get(i), i + 1, Bitfield.none(2));
            wires.get(i).sends(Signal.INTERESTED);
        }

        List<PeerStatus> peers = peers(
                torrent,
                all -> all.size() == 5
                        && all.stream().allMatch(PeerStatus::peerInterested)
                        && all.stream().filter(PeerStatus::amChoking).count() == 1);

        PeerStatus fifth =
                peers.stream().filter(PeerStatus::amChoking).findFirst().orElseThrow();
        assertThat(fifth.why().chokes().get(1).reason()).isEqualTo(new ChokeReason.SlotsTaken(4));
    }

    @Test
    void neighboursNeedNoSlotUnlessSomethingLimitsWhatLeaves() {
        int[] ports = IntStream.range(0, 6).map(i -> TorrentRig.NEIGHBOURS + i).toArray();
        List<ScriptedWire> wires = IntStream.of(ports).mapToObj(rig::peer).toList();
        ActorRef<Torrent.Command> torrent = rig.start(ports);
        for (int i = 0; i < ports.length; i++) {
            rig.greets(wires.get(i), ports[i], Bitfield.none(2));
            wires.get(i).sends(Signal.INTERESTED);
        }

        List<PeerStatus> peers =
                peers(torrent, all -> all.size() == 6 && all.stream().noneMatch(PeerStatus::amChoking));
        assertThat(peers.get(5).why().chokes().get(1).reason()).isEqualTo(new ChokeReason.Neighbour());

        TestProbe<Allotter.Notice> last = kit.probe();
        rig.allotter.tell(new Allotter.Join(rig.sample.metainfo().infoHash(), last.ref()));
        rig.allotter.tell(new Allotter.Limit(RateLimits.NONE.up(100_000)));
        last.expectMessage(new Allotter.Terms(Flow.UP, true));
        kit.pass(Duration.ofSeconds(10));

        peers(torrent, all -> all.stream().filter(PeerStatus::amChoking).count() == 2);
    }

    @Test
    void aPausedTorrentSaysThatItsUserWishedIt() {
        ActorRef<Torrent.Command> torrent = rig.start();
        waitsFor(torrent, new WaitReason.NobodyToAsk());

        torrent.tell(Torrent.Pause.INSTANCE);

        waitsFor(torrent, new WaitReason.PausedByUser());
    }

    private void chokes(ScriptedWire peer, int number) {
        peer.takes(Handshake.LENGTH);
        peer.sends(Handshake.encode(rig.sample.metainfo().infoHash(), TorrentRig.peerId(number)));
        peer.sends(PeerMessage.BitfieldBytes.of(Bitfield.all(2)));
        peer.expects(Signal.INTERESTED);
    }

    private void waitsFor(ActorRef<Torrent.Command> torrent, WaitReason reason) {
        TestProbe<TorrentStatus> probe = kit.probe();
        probe.awaitAssert(() -> {
            torrent.tell(new Torrent.GetStatus(0, probe.ref()));
            assertThat(probe.receiveMessage().waiting()).contains(reason);
            return null;
        });
    }

    private List<PeerStatus> peers(ActorRef<Torrent.Command> torrent, Predicate<List<PeerStatus>> until) {
        TestProbe<Torrent.Peers> probe = kit.probe();
        return probe.awaitAssert(() -> {
            torrent.tell(new Torrent.GetPeers(probe.ref()));
            List<PeerStatus> peers = probe.receiveMessage().peers();
            assertThat(until.test(peers)).as(peers.toString()).isTrue();
            return peers;
        });
    }
}
