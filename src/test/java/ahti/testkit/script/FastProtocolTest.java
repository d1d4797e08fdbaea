package ahti.testkit.script;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.BlockRef;
import ahti.torrent.TorrentEvent;
import ahti.wire.FrameEncoder;
import ahti.wire.PeerMessage.AllowedFast;
import ahti.wire.PeerMessage.Cancel;
import ahti.wire.PeerMessage.Have;
import ahti.wire.PeerMessage.KeepAlive;
import ahti.wire.PeerMessage.Possession;
import ahti.wire.PeerMessage.Reject;
import ahti.wire.PeerMessage.Request;
import ahti.wire.PeerMessage.Signal;
import ahti.wire.PeerMessage.Suggest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the engine says and takes under the Fast extension (BEP 6), and that it says none of it to others. */
@Timeout(60)
class FastProtocolTest {
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
        ScriptedPeer peer = engine.peer(name).speaksFast().connects().sendsHandshake();
        peer.expectsHandshake();
        return peer;
    }

    /** Has everything, and lets the engine ask. */
    private ScriptedPeer generous(String name) {
        ScriptedPeer peer = greeted(name).hasAll();
        peer.expects(Possession.HAVE_NONE).expects(Signal.INTERESTED).unchokes();
        return peer;
    }

    /** Is let in by a seed, and may ask. */
    private ScriptedPeer served(String name) {
        engineIs(EngineUnderTest.seeding(KnownTorrent.ofPieces(20), "peer.allowed-fast=0"));
        engine.starts();
        ScriptedPeer peer = greeted(name).ignores(Suggest.class).hasNone();
        peer.expects(Possession.HAVE_ALL);
        peer.isInterested().expects(Signal.UNCHOKE);
        return peer;
    }

    private Reject reject(int piece, int offset) {
        return new Reject(engine.torrent().block(piece, offset));
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    private void expectsBrokenRule(ScriptedPeer peer, String rule) {
        peer.expectsDisconnect();
        engine.passes(seconds(1));
        assertThat(engine.events())
                .anySatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                TorrentEvent.PeerDropped.class,
                                dropped -> assertThat(dropped.reason()).contains(rule)));
    }

    @Test
    void aLeechSaysThatItHasNothingAndASeedThatItHasEverything() {
        engine.starts();
        greeted("alice").expects(Possession.HAVE_NONE);

        engineIs(EngineUnderTest.seeding(KnownTorrent.ofPieces(20), "peer.allowed-fast=0"));
        engine.starts();
        greeted("bob").expects(Possession.HAVE_ALL);
    }

    @Test
    void aPlainPeerHearsNoWordOfIt() {
        engineIs(EngineUnderTest.seeding(KnownTorrent.ofPieces(20)));
        engine.starts();
        ScriptedPeer plain = engine.peer("plain").connects().sendsHandshake();
        assertThat(plain.expectsHandshake().reserved().apply(7) & 4).isEqualTo(4);
        plain.expects(ahti.wire.PeerMessage.BitfieldBytes.class);

        plain.requests(0, 0).expectsNothingFor(seconds(5));
    }

    @Test
    void aPlainPeerMayNotSpeakIt() {
        engine.starts();
        ScriptedPeer plain = engine.peer("plain").connects().sendsHandshake();
        plain.expectsHandshake();

        plain.hasAll();

        expectsBrokenRule(plain, "not agreed");
    }

    @Test
    void saysNothingOfItWhenItIsOff() {
        engineIs(EngineUnderTest.leeching(KnownTorrent.ofPieces(2), "peer.fast=off"));
        engine.starts();
        ScriptedPeer peer = engine.peer("bob").speaksFast().connects().sendsHandshake();

        assertThat(peer.expectsHandshake().reserved().apply(7) & 4).isZero();

        peer.sendsBitfield().expects(Signal.INTERESTED);
    }

    @Test
    void aChokeVoidsNothingUntilEachRequestIsRejected() {
        engine.starts();
        ScriptedPeer peer = generous("moody");
        List<BlockRef> asked = peer.expectsRequests(16);

        peer.chokes();
        // What was on its way arrives after the choke, and counts.
        peer.sendsBlock(asked.get(0));
        asked.subList(1, 16).forEach(peer::rejects);
        peer.expectsNothingFor(seconds(5));

        peer.unchokes();
        assertThat(peer.expectsRequests(16)).doesNotContain(asked.get(0)).containsAll(asked.subList(1, 16));
        assertThat(engine.status().wasted()).isZero();
    }

    @Test
    void whatIsRejectedIsAskedOfOthersAtOnce() {
        engine.starts();
        ScriptedPeer peer = generous("moody");
        List<BlockRef> asked = peer.expectsRequests(16);
        ScriptedPeer other = generous("other");
        List<BlockRef> owed = other.ignores(Have.class).expectsRequests(16);

        peer.chokes();
        asked.forEach(peer::rejects);

        List<BlockRef> next = owed.stream()
                .map(block -> other.sendsBlock(block).expects(Request.class).block())
                .toList();
        assertThat(asked).containsAnyElementsOf(next);
    }

    @Test
    void leavesAPeerAloneThatRejectsWhatItInvitedLongerEachTime() {
        engine.starts();
        ScriptedPeer peer = generous("whimsical");
        peer.expectsRequests(16).forEach(peer::rejects);

        peer.expectsNothingFor(Duration.ofMillis(900));
        Duration before = engine.now();
        peer.expectsRequests(16).forEach(peer::rejects);
        assertThat(engine.now().minus(before)).isLessThan(seconds(2));
        peer.expectsNothingFor(Duration.ofMillis(1900));
        BlockRef block = peer.expectsRequests(16).get(0);
        peer.sendsBlock(block).expects(Request.class);
    }

    @Test
    void aBlockThatNobodyAskedForEndsTheConnection() {
        engine.starts();
        ScriptedPeer peer = generous("pushy");
        BlockRef asked = peer.expectsRequests(16).get(0);
        peer.sendsBlock(asked).expects(Request.class);
        peer.ignores(Request.class, KeepAlive.class, Have.class);

        peer.sendsBlock(asked);

        expectsBrokenRule(peer, "nobody made");
    }

    @Test
    void aRejectOfWhatNobodyAskedForEndsTheConnection() {
        engine.starts();
        ScriptedPeer peer = greeted("odd").hasAll().ignores(Possession.class, Signal.class);

        peer.rejects(engine.torrent().block(3, 0));

        expectsBrokenRule(peer, "nobody made");
    }

    @Test
    void toSayTwiceWhatOneHasEndsTheConnection() {
        engine.starts();
        ScriptedPeer peer = greeted("odd").hasNone().ignores(Possession.class);

        peer.hasAll();

        expectsBrokenRule(peer, "may come only once");
    }

    @Test
    void whatItTookBackMayStillBeAnsweredEitherWay() {
        engine.starts();
        ScriptedPeer peer = generous("slow");
        List<BlockRef> asked = peer.expectsRequests(16);
        // None came in a minute: it is cancelled, and one block is asked for at a time.
        for (int i = 0; i < 16; i++) {
            peer.expects(Cancel.class);
        }
        BlockRef again = peer.expects(Request.class).block();
        peer.ignores(Request.class, Have.class);

        peer.sendsBlock(asked.get(0));
        asked.subList(1, 16).forEach(peer::rejects);
        if (!again.equals(asked.get(0))) {
            peer.sendsBlock(again);
        }

        peer.expectsNothingFor(seconds(1));
        assertThat(engine.status().peers().connected()).isEqualTo(1);
    }

    @Test
    void asksForWhatIsAllowedWhileItIsChoked() {
        engine.starts();
        ScriptedPeer peer = greeted("stranger").hasAll().allows(7, 3);
        peer.expects(Possession.HAVE_NONE).expects(Signal.INTERESTED);

        peer.sendsBlock(peer.expectsRequest(7, 0));
        BlockRef next = peer.expects(Request.class).block();

        assertThat(next.piece()).isIn(3, 7);
        peer.ignores(Have.class);
        for (BlockRef block = next; ; block = peer.expects(Request.class).block()) {
            assertThat(block.piece()).isIn(3, 7);
            peer.sendsBlock(block);
            if (engine.status().pieces().stored() == 2) {
                break;
            }
        }
        peer.expectsNothingFor(seconds(5)).unchokes();
        assertThat(peer.expects(Request.class).block().piece()).isNotIn(3, 7);
    }

    @Test
    void doesNotInsistOnWhatWasAllowedAndIsRejected() {
        engine.starts();
        ScriptedPeer peer = greeted("fickle").hasAll().allows(7);
        peer.expects(Possession.HAVE_NONE).expects(Signal.INTERESTED);
        int blocks = engine.torrent().layout().blocks(7);
        peer.expectsRequests(blocks).forEach(peer::rejects);

        peer.expectsNothingFor(seconds(30));
    }

    @Test
    void aSuggestionIsOnlyAdvice() {
        engine.starts();
        ScriptedPeer peer = greeted("wise").hasAll().sends(new Suggest(4));
        peer.expects(Possession.HAVE_NONE).expects(Signal.INTERESTED);

        peer.sends(new Suggest(20));

        expectsBrokenRule(peer, "piece 20 of 20");
    }

    @Test
    void rejectsWhatAChokedPeerAsksFor() {
        engineIs(EngineUnderTest.seeding(KnownTorrent.ofPieces(20), "peer.allowed-fast=0"));
        engine.starts();
        ScriptedPeer peer = greeted("eager").hasNone();
        peer.expects(Possession.HAVE_ALL);

        peer.requests(5, 0).expects(reject(5, 0));
    }

    @Test
    void aNewcomerGetsAFewPiecesWhileItIsChokedEachBlockOnce() {
        engineIs(EngineUnderTest.seeding(KnownTorrent.ofPieces(40)));
        engine.starts();
        ScriptedPeer peer = greeted("poor").hasNone();
        peer.expects(Possession.HAVE_ALL);
        // A twentieth of forty pieces.
        int one = peer.expects(AllowedFast.class).piece();
        int other = peer.expects(AllowedFast.class).piece();
        assertThat(one).isNotEqualTo(other);

        peer.requests(one, 0).expectsBlock(one, 0);
        peer.requests(one, 0);
        peer.requests(other, 0);
        peer.expectsEventually(ahti.wire.PeerMessage.Piece.class);
    }

    @Test
    void oneThatHasEnoughIsAllowedNothing() {
        engineIs(EngineUnderTest.seeding(KnownTorrent.ofPieces(40)));
        engine.starts();
        ScriptedPeer peer = greeted("rich").sendsBitfield(1, 2, 3);

        peer.expects(Possession.HAVE_ALL).expectsNothingFor(seconds(5));
    }

    @Test
    void aCancelledRequestIsRejectedUnlessTheBlockIsOnItsWay() {
        ScriptedPeer peer = served("hasty");
        BlockRef block = engine.torrent().block(19, 0);

        peer.sendsBytes(FrameEncoder.encode(List.of(new Request(block), new Cancel(block))));
        peer.expects(reject(19, 0));

        peer.requests(19, 0).sends(new Cancel(block));
        peer.expectsBlock(19, 0).expectsNothingFor(seconds(5));
    }
}
