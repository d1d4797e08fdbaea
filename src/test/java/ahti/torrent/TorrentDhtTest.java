package ahti.torrent;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.ActorKit;
import ahti.ScriptedWire;
import ahti.dht.Dht;
import ahti.disk.SampleTorrent;
import ahti.disk.SampleTorrent.Part;
import ahti.torrent.why.WaitReason;
import ahti.wire.Capabilities;
import ahti.wire.Handshake;
import ahti.wire.PeerMessage;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A torrent and the DHT, which the test plays. */
class TorrentDhtTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Capabilities DHT = new Capabilities(false, false, true);

    @RegisterExtension
    final ActorKit kit = new ActorKit();

    @TempDir
    Path directory;

    private TorrentRig rig;

    @BeforeEach
    void rig() {
        rig = new TorrentRig(kit, SampleTorrent.of(32_768, Part.file("sample", 40_000)), directory);
    }

    @Test
    void searchesAtOnceAndAgainAndAnnouncesItself() {
        TestProbe<Dht.Command> dht = rig.dht();
        rig.start();

        Dht.Search search = search(dht);
        assertThat(search.infoHash()).isEqualTo(rig.sample.metainfo().infoHash());
        assertThat(search.announce()).isEqualTo(OptionalInt.of(6881));
        search.replyTo().tell(new Dht.SearchEnded(9, 8, 0, 8));

        pass(2);
        assertThat(search(dht).infoHash()).as("nobody came: sooner").isEqualTo(search.infoHash());
    }

    @Test
    void dialsWhomTheDhtNames() {
        TestProbe<Dht.Command> dht = rig.dht();
        InetSocketAddress address = TorrentRig.address(1);
        ScriptedWire peer = rig.peer(1);
        rig.start();

        search(dht).replyTo().tell(new Dht.PeersFound(List.of(address)));

        assertThat(peer.takes(Handshake.LENGTH).size()).isEqualTo(Handshake.LENGTH);
    }

    @Test
    void saysWhyItWaits() {
        TestProbe<Dht.Command> dht = rig.dht();
        ActorRef<Torrent.Command> torrent = rig.start();
        Dht.Watch watch = dht.expectMessageClass(Dht.Watch.class);
        Dht.Search search = dht.expectMessageClass(Dht.Search.class);
        watch.subscriber().tell(new Dht.Standing(12, Optional.empty()));
        await(torrent, new WaitReason.DhtPending(12));

        search.replyTo().tell(new Dht.SearchEnded(9, 8, 0, 8));
        await(torrent, new WaitReason.NobodyInDht(12));

        watch.subscriber().tell(new Dht.Standing(0, Optional.of("no DHT node answers")));
        await(torrent, new WaitReason.DhtFailing("no DHT node answers"));
    }

    @Test
    void stopsSearchingWhilePaused() {
        TestProbe<Dht.Command> dht = rig.dht();
        ActorRef<Torrent.Command> torrent = rig.start();
        Dht.Search search = search(dht);

        torrent.tell(Torrent.Pause.INSTANCE);
        dht.expectTerminated(search.replyTo());
        torrent.tell(Torrent.Resume.INSTANCE);

        assertThat(search(dht).replyTo()).isNotEqualTo(search.replyTo());
    }

    @Test
    void asksNobodyAboutAPrivateTorrent() {
        TestProbe<Dht.Command> dht = rig.dht();
        rig.isPrivate();
        ActorRef<Torrent.Command> torrent = rig.start();
        await(torrent, new WaitReason.NobodyToAsk());

        dht.expectNoMessage(Duration.ZERO);
    }

    @Test
    void hearsWherePeersHaveTheirNodesAndSaysWhereOursIs() {
        TestProbe<Dht.Command> dht = rig.dht();
        ScriptedWire peer = rig.peer(1);
        rig.start(1);

        peer.takes(Handshake.LENGTH);
        peer.sends(Handshake.encode(rig.sample.metainfo().infoHash(), TorrentRig.peerId(1), DHT));
        peer.expects(new PeerMessage.Port(6881));
        peer.sends(new PeerMessage.Port(7000), new PeerMessage.Port(7001));

        assertThat(introduced(dht)).containsExactly(node(7000));
        dht.expectNoMessage(Duration.ZERO);
    }

    @Test
    void ofAPrivateTorrentNodesAreNeitherSaidNorHeard() {
        TestProbe<Dht.Command> dht = rig.dht();
        rig.isPrivate();
        ScriptedWire peer = rig.peer(1);
        rig.start(1);

        peer.takes(Handshake.LENGTH);
        peer.sends(Handshake.encode(rig.sample.metainfo().infoHash(), TorrentRig.peerId(1), DHT));
        peer.sends(new PeerMessage.Port(7000));

        peer.expectsNothing();
        dht.expectNoMessage(Duration.ZERO);
    }

    @Test
    void aMagnetLinkSearchesAnnouncesDialsAndHearsOfNodes() {
        TestProbe<Dht.Command> dht = rig.dht();
        ScriptedWire peer = rig.peer(1);
        ActorRef<Torrent.Command> torrent = rig.follow();
        Dht.Search search = search(dht);
        assertThat(search.infoHash()).isEqualTo(rig.sample.metainfo().infoHash());
        assertThat(search.announce()).isEqualTo(OptionalInt.of(6881));

        search.replyTo().tell(new Dht.PeersFound(List.of(TorrentRig.address(1))));
        peer.takes(Handshake.LENGTH);
        peer.sends(Handshake.encode(
                rig.sample.metainfo().infoHash(), TorrentRig.peerId(1), new Capabilities(false, true, true)));
        peer.sends(new PeerMessage.Port(7000));
        assertThat(introduced(dht)).containsExactly(node(7000));

        torrent.tell(Torrent.Pause.INSTANCE);
        dht.expectTerminated(search.replyTo());
        torrent.tell(Torrent.Resume.INSTANCE);
        assertThat(search(dht).replyTo()).isNotEqualTo(search.replyTo());
    }

    @Test
    void aMagnetLinkThatFoundNobodySearchesAgain() {
        TestProbe<Dht.Command> dht = rig.dht();
        rig.follow();
        search(dht).replyTo().tell(new Dht.SearchEnded(9, 8, 0, 8));

        pass(2);

        assertThat(search(dht)).isNotNull();
    }

    private static List<InetSocketAddress> introduced(TestProbe<Dht.Command> dht) {
        Dht.Command command = dht.receiveMessage();
        while (!(command instanceof Dht.Introduce)) {
            command = dht.receiveMessage();
        }
        return ((Dht.Introduce) command).addresses();
    }

    private static InetSocketAddress node(int port) {
        return new InetSocketAddress(TorrentRig.address(1).getAddress(), port);
    }

    private static Dht.Search search(TestProbe<Dht.Command> dht) {
        Dht.Command command = dht.receiveMessage();
        return command instanceof Dht.Search search ? search : dht.expectMessageClass(Dht.Search.class);
    }

    /** A second at a time: the torrent looks at its peers once a second. */
    private void pass(int minutes) {
        for (int i = 0; i < minutes * MINUTE.toSeconds() + 2; i++) {
            kit.pass(Duration.ofSeconds(1));
        }
    }

    /** Asks until it says so. */
    private void await(ActorRef<Torrent.Command> torrent, WaitReason reason) {
        TestProbe<TorrentStatus> statuses = kit.probe();
        for (int i = 0; i < 1000; i++) {
            torrent.tell(new Torrent.GetStatus(0, statuses.ref()));
            TorrentStatus status = statuses.receiveMessage();
            if (status.waiting().equals(Optional.of(reason))) {
                return;
            }
        }
        throw new AssertionError("never: " + reason);
    }
}
