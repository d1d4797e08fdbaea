package ahti.testkit.script;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.BlockRef;
import ahti.core.InfoHash;
import ahti.torrent.TorrentEvent;
import ahti.wire.Handshake;
import ahti.wire.PeerMessage.BitfieldBytes;
import ahti.wire.PeerMessage.Cancel;
import ahti.wire.PeerMessage.Have;
import ahti.wire.PeerMessage.KeepAlive;
import ahti.wire.PeerMessage.Request;
import ahti.wire.PeerMessage.Signal;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the engine says to peers, what it holds against them, and exactly when. */
@Timeout(60)
class PeerProtocolTest {
    private EngineUnderTest engine = EngineUnderTest.leeching(KnownTorrent.ofPieces(20));

    @AfterEach
    void end() {
        engine.close();
    }

    private void engineIs(EngineUnderTest other) {
        engine.close();
        engine = other;
    }

    private ScriptedPeer greeted(String name) {
        ScriptedPeer peer = engine.peer(name).connects().sendsHandshake();
        peer.expectsHandshake();
        return peer;
    }

    /** Has everything and lets the engine ask. */
    private ScriptedPeer generous(String name) {
        ScriptedPeer peer = greeted(name).sendsBitfield();
        peer.expects(Signal.INTERESTED).unchokes();
        return peer;
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    @Test
    void hangsUpTenSecondsAfterAConnectionThatSaysNothing() {
        engine.starts();
        ScriptedPeer stranger = engine.peer("stranger").connects();

        stranger.expectsNothingFor(Duration.ofMillis(9_999)).expectsDisconnect();

        assertThat(engine.now()).isEqualTo(seconds(10));
    }

    @Test
    void hangsUpTenSecondsAfterDiallingOneThatSaysNothing() {
        engine.starts();
        ScriptedPeer peer = engine.peer("bob").listens();
        engine.passes(seconds(5)).hearsOf(peer);

        peer.accepts().expectsHandshake();
        Duration dialled = engine.now();
        peer.expectsNothingFor(Duration.ofMillis(9_999)).expectsDisconnect();

        assertThat(engine.now()).isEqualTo(dialled.plusSeconds(10));
    }

    @Test
    void hangsUpOnOneWhoWantsAnotherTorrent() {
        engine.starts();
        ScriptedPeer peer = engine.peer("lost").connects();

        peer.sendsHandshake(InfoHash.v1(new byte[InfoHash.WIRE_LENGTH]), peer.peerId());

        peer.expectsDisconnect();
        assertThat(engine.now()).isZero();
    }

    @Test
    void hangsUpOnOneItDialledThatHasAnotherTorrent() {
        engine.starts();
        ScriptedPeer peer = engine.peer("lost").listens();
        engine.hearsOf(peer);
        peer.accepts().expectsHandshake();

        peer.sendsHandshake(InfoHash.v1(new byte[InfoHash.WIRE_LENGTH]), peer.peerId());

        peer.expectsDisconnect();
        assertThat(engine.events())
                .anySatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                TorrentEvent.PeerDropped.class,
                                dropped -> assertThat(dropped.reason()).contains("another torrent")));
    }

    @Test
    void answersTheHeadOfAHandshakeBeforeThePeerIdCame() {
        engine.starts();
        ScriptedPeer peer = engine.peer("probe").connects();
        InfoHash infoHash = engine.torrent().metainfo().infoHash();

        peer.sendsBytes(Handshake.encode(infoHash, peer.peerId()).take(Handshake.HEAD_LENGTH));

        peer.expectsHandshake();
    }

    @Test
    void keepsAConnectionAliveAfterAHundredSecondsOfItsOwnSilence() {
        engine.starts();
        ScriptedPeer peer = greeted("alice");

        peer.expectsNothingFor(Duration.ofMillis(99_999)).expects(KeepAlive.INSTANCE);

        assertThat(engine.now()).isEqualTo(seconds(100));
    }

    @Test
    void dropsAPeerAfterAHundredAndFiftySecondsOfSilence() {
        engine.starts();
        ScriptedPeer peer = greeted("mute").ignores(KeepAlive.class);
        engine.passes(seconds(149));
        ScriptedPeer lively = greeted("lively").ignores(KeepAlive.class);

        peer.expectsDisconnect();

        assertThat(engine.now()).isEqualTo(seconds(150));
        lively.expectsNothingFor(seconds(140)).sends(KeepAlive.INSTANCE).expectsNothingFor(seconds(140));
    }

    @Test
    void cancelsWhatAPeerThatNeverSentAnythingOwesAfterAMinute() {
        engine.starts();
        ScriptedPeer peer = generous("snubber");
        List<BlockRef> asked = peer.expectsRequests(16);

        peer.expectsNothingFor(Duration.ofMillis(59_999));

        asked.forEach(block -> peer.expects(new Cancel(block)));
        assertThat(engine.now()).isEqualTo(seconds(60));
        // One at a time from now on.
        peer.expects(Request.class);
        peer.expectsNothingFor(seconds(30));
    }

    @Test
    void cancelsWhatAFastPeerOwesAfterSixSeconds() {
        engine.starts();
        ScriptedPeer peer = generous("hasty").ignores(Have.class);
        for (int second = 0; second < 3; second++) {
            peer.serves(5);
            engine.passes(seconds(1));
        }
        peer.sendsBlock(peer.expects(Request.class).block()).ignores(Request.class);

        peer.expectsNothingFor(Duration.ofMillis(5_999)).expects(Cancel.class);

        assertThat(engine.now()).isEqualTo(seconds(9));
    }

    @Test
    void whatAPeerReturnsByChokingIsAskedOfAnother() {
        engineIs(EngineUnderTest.leeching(KnownTorrent.ofPieces(3), "picker.endgame-copies=1"));
        engine.starts();
        ScriptedPeer fickle = generous("fickle");
        List<BlockRef> asked = fickle.expectsRequests(6);
        ScriptedPeer steady = greeted("steady").sendsBitfield();
        steady.expects(Signal.INTERESTED);

        fickle.chokes();
        steady.unchokes();

        assertThat(steady.expectsRequests(6)).containsExactlyInAnyOrderElementsOf(asked);
        fickle.expectsNothingFor(seconds(30));
    }

    @Test
    void whatAPeerOwesWhenItGoesIsAskedOfAnother() {
        engineIs(EngineUnderTest.leeching(KnownTorrent.ofPieces(3), "picker.endgame-copies=1"));
        engine.starts();
        ScriptedPeer leaving = generous("leaving");
        List<BlockRef> asked = leaving.expectsRequests(6);
        ScriptedPeer staying = greeted("staying").sendsBitfield();
        staying.expects(Signal.INTERESTED);

        leaving.sendsBlock(asked.get(0)).resets();
        staying.unchokes();

        assertThat(staying.expectsRequests(5)).containsExactlyInAnyOrderElementsOf(asked.subList(1, 6));
        staying.expectsNothingFor(seconds(30));
    }

    @Test
    void asksForWhatIsLeftTwiceInTheEndAndTellsTheLoser() {
        engine.starts();
        ScriptedPeer slow = greeted("slow").sendsBitfield(0);
        slow.expects(Signal.INTERESTED).unchokes();
        List<BlockRef> asked = slow.expectsRequests(2);

        ScriptedPeer fast = greeted("fast").sendsBitfield(0);
        fast.expects(Signal.INTERESTED).unchokes();
        assertThat(fast.expectsRequests(2)).containsExactlyInAnyOrderElementsOf(asked);
        fast.sendsBlock(asked.get(0));
        slow.expects(new Cancel(asked.get(0)));
        fast.sendsBlock(asked.get(1));
        slow.expects(new Cancel(asked.get(1)));

        slow.expects(new Have(0)).expects(Signal.NOT_INTERESTED);
    }

    @Test
    void bansTheLiarAndNobodyElse() {
        engineIs(EngineUnderTest.leeching(KnownTorrent.ofPieces(2)));
        engine.starts();
        ScriptedPeer liar = greeted("liar").sendsBitfield(0);
        liar.expects(Signal.INTERESTED).unchokes();
        ScriptedPeer honest = greeted("honest").sendsBitfield(1);
        honest.expects(Signal.INTERESTED).unchokes();

        liar.expectsRequest(0, 0);
        liar.expectsRequest(0, 16384);
        liar.sendsBlock(0, 0).lies(0, 16384).expectsDisconnect();

        honest.serves(2).expects(new Have(1));
        assertThat(engine.events())
                .contains(new TorrentEvent.PieceCorrupt(
                        engine.torrent().metainfo().infoHash(), 0));
        engine.peer("liar").connects().sendsHandshake().expectsDisconnect();
        honest.expects(Signal.NOT_INTERESTED).expectsNothingFor(seconds(60));
    }

    @Test
    void ofTwoWhoFilledACorruptPieceOnlyTheLiarIsBanned() {
        engineIs(EngineUnderTest.leeching(
                KnownTorrent.ofPieces(1), "peer.requests-first=1", "peer.requests-min=1", "picker.endgame-copies=1"));
        engine.starts();
        ScriptedPeer liar = generous("liar");
        BlockRef lied = liar.expects(Request.class).block();
        ScriptedPeer honest = generous("honest");
        BlockRef told = honest.expects(Request.class).block();
        assertThat(told).isNotEqualTo(lied);

        liar.lies(lied);
        honest.sendsBlock(told);

        // Nobody can say yet who lied: all of it is asked of one, and of the next when that one says nothing.
        liar.ignores(Request.class, Cancel.class);
        honest.serves(2);
        liar.expectsDisconnect();
        honest.ignores(Signal.class).expectsDisconnect();
        assertThat(engine.events())
                .filteredOn(TorrentEvent.PeerDropped.class::isInstance)
                .singleElement()
                .satisfies(event -> assertThat(((TorrentEvent.PeerDropped) event).address())
                        .contains(liar.address().getAddress().getHostAddress()));
    }

    @Test
    void hangsUpOnAFrameThatIsTooLargeBeforeItsBytesCome() {
        engine.starts();
        ScriptedPeer peer = greeted("huge");

        peer.sendsBytes("7fffffff07").expectsDisconnect();

        assertThat(engine.now()).isZero();
    }

    @Test
    void hangsUpOnABitfieldOfAnotherLength() {
        engine.starts();
        ScriptedPeer peer = greeted("alice");

        peer.sends(new BitfieldBytes(ByteString.fromArray(new byte[4]))).expectsDisconnect();

        assertThat(engine.events())
                .filteredOn(TorrentEvent.PeerDropped.class::isInstance)
                .singleElement()
                .satisfies(event ->
                        assertThat(((TorrentEvent.PeerDropped) event).reason()).startsWith("bad bitfield"));
    }

    @Test
    void aBlockLongAfterItsTimeIsStillWelcome() {
        engineIs(EngineUnderTest.leeching(KnownTorrent.ofPieces(1)));
        engine.starts();
        ScriptedPeer peer = generous("late").ignores(Cancel.class, KeepAlive.class);
        peer.expectsRequests(2);
        engine.passes(seconds(70));

        peer.sendsBlock(0, 0).sendsBlock(0, 16384);

        assertThat(engine.status().pieces().stored()).isEqualTo(1);
    }

    @Test
    void servesWhoIsUnchokedAndDropsWhatIsAskedBefore() {
        engineIs(EngineUnderTest.seeding(KnownTorrent.ofPieces(20)));
        engine.starts();
        ScriptedPeer leech = greeted("leech");
        leech.expects(BitfieldBytes.class);
        leech.requests(0, 0).isInterested();

        leech.expects(Signal.UNCHOKE);
        leech.requests(3, 16384).expectsBlock(3, 16384);

        leech.expectsNothingFor(seconds(60));
    }

    @Test
    void theSameScriptGivesTheSameConversation() {
        assertThat(conversation()).isEqualTo(conversation());
    }

    private static String conversation() {
        try (EngineUnderTest engine =
                EngineUnderTest.leeching(KnownTorrent.ofPieces(20)).starts()) {
            ScriptedPeer peer = engine.peer("alice").connects().sendsHandshake().sendsBitfield();
            peer.ignores(Signal.class, Have.class).expectsHandshake();
            peer.unchokes().serves(39);
            return peer.transcript().toString();
        }
    }
}
