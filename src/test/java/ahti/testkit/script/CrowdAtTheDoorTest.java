package ahti.testkit.script;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.InfoHash;
import ahti.core.PeerId;
import ahti.wire.Handshake;
import ahti.wire.PeerMessage.BitfieldBytes;
import ahti.wire.PeerMessage.Signal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many come, and few of them want what a peer wants: those who do are let in all the same, and at once. */
@Timeout(120)
class CrowdAtTheDoorTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    /** By when a peer that is let in at once has heard so, on any path of these tests. */
    private static final Duration AT_ONCE = Duration.ofMillis(500);

    private EngineUnderTest engine = EngineUnderTest.seeding(KnownTorrent.ofPieces(2));

    @AfterEach
    void end() {
        engine.close();
    }

    private void engineIs(EngineUnderTest other) {
        engine.close();
        engine = other;
        engine.starts().passes(SECOND);
    }

    private List<ScriptedPeer> crowd(int size) {
        return IntStream.range(0, size)
                .mapToObj(number -> engine.peer("crowd-" + number).connects())
                .toList();
    }

    private ByteString handshake(ScriptedPeer peer) {
        return Handshake.encode(engine.torrent().metainfo().infoHash(), peer.peerId());
    }

    /** Comes in, asks for a block and gets it. */
    private void isServed(ScriptedPeer honest) {
        Duration before = engine.now();
        honest.waitsAtMost(Duration.ofMinutes(1)).connects().sendsHandshake();
        honest.expectsHandshake();
        assertThat(engine.now()).isLessThan(before.plus(AT_ONCE));
        honest.expects(BitfieldBytes.class);
        honest.isInterested().expects(Signal.UNCHOKE);
        honest.requests(0, 0).expectsBlock(0, 0);
    }

    /** One byte a second, or none at all, or the beginning of something else. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 19, 47})
    void whoDawdlesOverItsHandshakeKeepsNobodyOut(int bytes) {
        engineIs(EngineUnderTest.seeding(KnownTorrent.ofPieces(2), "ahti.net.max-strangers = 10"));
        List<ScriptedPeer> dawdlers = crowd(60);
        dawdlers.forEach(peer -> peer.sendsBytes(handshake(peer).take(bytes)));

        isServed(engine.peer("honest"));

        engine.passes(Duration.ofSeconds(10));
        dawdlers.forEach(ScriptedPeer::expectsDisconnect);
    }

    @Test
    void oneByteASecondForEverIsNoHandshake() {
        engineIs(EngineUnderTest.seeding(KnownTorrent.ofPieces(2)));
        List<ScriptedPeer> dawdlers = crowd(20);
        for (int second = 0; second < 9; second++) {
            int at = second;
            dawdlers.forEach(peer -> peer.sendsBytes(handshake(peer).slice(at, at + 1)));
            engine.passes(SECOND);
        }
        dawdlers.forEach(ScriptedPeer::expectsDisconnect);
    }

    /** They name the torrent and stop there: each has a place of it, and gives it up when somebody else comes. */
    @ParameterizedTest
    @ValueSource(ints = {48, 67})
    void halfAHandshakeHoldsNoPlaceOfATorrent(int bytes) {
        engineIs(EngineUnderTest.seeding(KnownTorrent.ofPieces(2), "ahti.torrent.max-peers = 10"));
        crowd(60).forEach(peer -> peer.sendsBytes(handshake(peer).take(bytes)));

        isServed(engine.peer("honest"));
    }

    @Test
    void halfHandshakesDoNotKeepUsFromDialling() {
        engineIs(EngineUnderTest.leeching(
                KnownTorrent.ofPieces(2), "ahti.torrent.max-peers = 10", "ahti.net.max-half-open = 5"));
        crowd(30).forEach(peer -> peer.sendsBytes(handshake(peer).take(Handshake.HEAD_LENGTH)));
        ScriptedPeer honest = engine.peer("honest").listens();
        Duration before = engine.now();

        engine.hearsOf(honest);

        honest.accepts().expectsHandshake();
        assertThat(engine.now()).isLessThan(before.plusSeconds(2));
    }

    @Test
    void whoIsThroughAndWantsNothingMakesRoom() {
        engineIs(EngineUnderTest.seeding(KnownTorrent.ofPieces(2), "ahti.torrent.max-peers = 10"));
        crowd(10).forEach(ScriptedPeer::sendsHandshake);
        engine.passes(Duration.ofSeconds(6));

        isServed(engine.peer("honest"));
    }

    /** They say that they have everything, and give nothing: whom we know ourselves finds a place all the same. */
    @Test
    void visitorsDoNotTakeAllPlacesFromThoseWeWouldDial() {
        engineIs(EngineUnderTest.leeching(KnownTorrent.ofPieces(2), "ahti.torrent.max-peers = 8"));
        ScriptedPeer honest = engine.peer("honest");
        engine.hearsOf(honest).passes(SECOND);
        crowd(30).forEach(peer -> peer.sendsHandshake().sendsBitfield());
        engine.passes(SECOND);

        honest.listens();

        honest.waitsAtMost(Duration.ofSeconds(90)).accepts().expectsHandshake();
    }

    /** They were named by a tracker, perhaps, were dialled, and give nothing. */
    @Test
    void whoGivesNothingMakesRoomForThoseThatWereNotTried() {
        engineIs(EngineUnderTest.leeching(KnownTorrent.ofPieces(2), "ahti.torrent.max-peers = 8"));
        for (int number = 0; number < 8; number++) {
            ScriptedPeer fake = engine.peer("fake-" + number).listens();
            engine.hearsOf(fake);
            fake.accepts().sendsHandshake().sendsBitfield();
        }
        ScriptedPeer honest = engine.peer("honest").listens();
        Duration before = engine.now();
        engine.hearsOf(honest);

        honest.waitsAtMost(Duration.ofMinutes(2)).accepts().expectsHandshake();

        assertThat(engine.now()).isLessThan(before.plusSeconds(80));
    }

    @Test
    void oneAddressHasOnlySoManyConnections() {
        engineIs(EngineUnderTest.seeding(KnownTorrent.ofPieces(2), "ahti.torrent.max-peers-per-address = 3"));
        for (int number = 0; number < 3; number++) {
            isLetIn(engine.peer("greedy"), number);
        }
        ScriptedPeer fourth = engine.peer("greedy").connects();
        fourth.sendsHandshake(engine.torrent().metainfo().infoHash(), id(4)).expectsDisconnect();

        isServed(engine.peer("honest"));
    }

    @Test
    void oneNetworkHasOnlySoManyConnections() throws UnknownHostException {
        engineIs(EngineUnderTest.seeding(KnownTorrent.ofPieces(2), "ahti.torrent.max-peers-per-network = 3"));
        for (int number = 0; number < 3; number++) {
            isLetIn(engine.peer("neighbour-" + number), number);
        }
        engine.peer("neighbour-4").connects().sendsHandshake().expectsDisconnect();

        engine.network().host("far", InetAddress.getByName("21.0.0.1"));
        isServed(engine.peer("far"));
    }

    @Test
    void oneNetworkOfTheNewerKindIsOneAddress() throws UnknownHostException {
        engineIs(EngineUnderTest.seeding(KnownTorrent.ofPieces(2), "ahti.torrent.max-peers-per-address = 2"));
        for (int number = 0; number < 3; number++) {
            engine.network().host("six-" + number, InetAddress.getByName("2001:db8::" + number + "1"));
        }
        isLetIn(engine.peer("six-0"), 0);
        isLetIn(engine.peer("six-1"), 1);
        engine.peer("six-2").connects().sendsHandshake().expectsDisconnect();
    }

    private void isLetIn(ScriptedPeer peer, int number) {
        InfoHash infoHash = engine.torrent().metainfo().infoHash();
        peer.connects().sendsHandshake(infoHash, id(number)).expectsHandshake();
        peer.isInterested();
    }

    private static PeerId id(int number) {
        byte[] bytes = new byte[PeerId.LENGTH];
        bytes[0] = (byte) (number + 1);
        return PeerId.of(bytes);
    }
}
