package ahti.testkit.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.InfoHash;
import ahti.testkit.script.EngineUnderTest;
import ahti.testkit.script.KnownTorrent;
import ahti.testkit.script.ScriptedPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tracker that works, asked by a real engine over a simulated network. */
@Timeout(60)
class SimulatedTrackerTest {
    private static final Duration INTERVAL = Duration.ofMinutes(10);

    private static SimulatedTracker tracker(EngineUnderTest engine) {
        return new SimulatedTracker(engine.network(), engine.system(), "tracker", INTERVAL, new Random(3));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void handsOutPeersAndCountsThem(boolean udp) {
        KnownTorrent torrent = KnownTorrent.ofPieces(1);
        InfoHash infoHash = torrent.metainfo().infoHash();
        try (EngineUnderTest engine = EngineUnderTest.leeching(torrent)) {
            SimulatedTracker tracker = tracker(engine);
            ScriptedPeer peer = engine.peer("alice").listens();
            engine.announcesTo(udp ? tracker.udpUrl() : tracker.url());
            HttpDesk desk = new HttpDesk(tracker.swarms());
            desk.announce(query(infoHash, 0), peer.address().getAddress());
            engine.starts();

            peer.accepts().sendsHandshake().sendsBitfield().unchokes();
            assertThat(List.of(tracker.seeders(infoHash), tracker.leechers(infoHash)))
                    .containsExactly(1, 1);
            peer.ignores(ahti.wire.PeerMessage.Signal.class).expectsHandshake();
            peer.serves(2).expectsDisconnect();

            assertThat(tracker.completed(infoHash)).isEqualTo(1);
            assertThat(tracker.seeders(infoHash)).isEqualTo(2);
            engine.passes(INTERVAL.multipliedBy(2).plusSeconds(61));
            assertThat(tracker.seeders(infoHash)).as("the one that stayed away").isEqualTo(1);
            engine.stops();
            assertThat(tracker.seeders(infoHash)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void choosesByLotAndTheSameEachTime(long seed) {
        assertThat(chosen(seed)).hasSize(5).doesNotHaveDuplicates().isEqualTo(chosen(seed));
        assertThat(Stream.of(seed, seed + 10, seed + 20).map(SimulatedTrackerTest::chosen))
                .doesNotHaveDuplicates();
    }

    private static List<TrackerAnswer.Peer> chosen(long seed) {
        TrackerSwarms swarms = new TrackerSwarms(
                new TrackerSwarms.Bounds(INTERVAL, 10, 100), () -> 0, TrackerSwarms.byLot(new Random(seed)));
        InfoHash infoHash = InfoHash.v1(new byte[InfoHash.WIRE_LENGTH]);
        List<TrackerAnswer.Peer> last = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            last = swarms.announce(
                            HttpTracking.announce(query(infoHash, i), java.net.InetAddress.getLoopbackAddress()), 5)
                    .orElseThrow()
                    .peers();
        }
        return last;
    }

    private static String query(InfoHash infoHash, int peer) {
        StringBuilder hash = new StringBuilder();
        for (byte b : infoHash.wireBytes()) {
            hash.append('%').append(java.util.HexFormat.of().toHexDigits(b));
        }
        return "info_hash=" + hash + "&peer_id=-XX0000-0000000000" + (10 + peer) + "&port=6881&left=" + peer;
    }
}
