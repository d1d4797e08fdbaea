package ahti.testkit.script;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.wire.PeerMessage.Possession;
import ahti.wire.PeerMessage.Reject;
import ahti.wire.PeerMessage.Signal;
import ahti.wire.PeerMessage.Suggest;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a seed suggests (BEP 6), what a leecher makes of suggestions, and how a turn at a seed ends. */
@Timeout(60)
class SuggestionProtocolTest {
    private static final KnownTorrent TORRENT = KnownTorrent.ofPieces(20);

    private EngineUnderTest engine = EngineUnderTest.leeching(TORRENT);

    @AfterEach
    void end() {
        engine.close();
    }

    private void engineSeeds(String... settings) {
        engine.close();
        engine = EngineUnderTest.seeding(TORRENT, settings);
        engine.starts();
    }

    private ScriptedPeer greeted(String name) {
        ScriptedPeer peer = engine.peer(name).speaksFast().connects().sendsHandshake();
        peer.expectsHandshake();
        return peer;
    }

    private ScriptedPeer interested(String name) {
        ScriptedPeer peer = greeted(name).hasNone();
        peer.expects(Possession.HAVE_ALL);
        return peer.isInterested();
    }

    private static Set<Integer> hears(ScriptedPeer peer, int suggestions) {
        Set<Integer> heard = new TreeSet<>();
        for (int i = 0; i < suggestions; i++) {
            heard.add(peer.expects(Suggest.class).piece());
        }
        return heard;
    }

    @Test
    void aSeedSuggestsDifferentPiecesToDifferentPeersBeforeTheyMayAsk() {
        engineSeeds("peer.allowed-fast=0");

        ScriptedPeer one = interested("one");
        Set<Integer> first = hears(one, 4);
        one.expects(Signal.UNCHOKE);
        ScriptedPeer other = interested("other");
        Set<Integer> second = hears(other, 4);
        other.expects(Signal.UNCHOKE);

        assertThat(first).hasSize(4).doesNotContainAnyElementsOf(second);
        assertThat(second).hasSize(4);
    }

    @Test
    void anotherIsSuggestedWhenOneIsBegunOrNotNeededAnyMore() {
        engineSeeds("peer.allowed-fast=0");
        ScriptedPeer peer = interested("peer");
        Set<Integer> suggested = hears(peer, 4);
        peer.expects(Signal.UNCHOKE);
        int begun = suggested.iterator().next();

        peer.requests(begun, 0);
        assertThat(suggested)
                .doesNotContain(peer.expectsEventually(Suggest.class).piece());
        peer.expectsBlock(begun, 0);
        suggested.remove(begun);
        peer.has(suggested.iterator().next());
        peer.expects(Suggest.class);
    }

    @Test
    void aLeecherTakesASuggestionWhereItWouldDrawLots() {
        engine.starts();
        ScriptedPeer peer = greeted("peer").hasAll();
        peer.expects(Possession.HAVE_NONE).expects(Signal.INTERESTED);

        peer.sends(new Suggest(13)).unchokes().expectsRequest(13, 0);
    }

    @Test
    void whatIsRarerGoesBeforeASuggestion() {
        engine.close();
        engine = EngineUnderTest.leeching(TORRENT, "picker.random-first=0", "peer.requests-first=1");
        engine.starts();
        ScriptedPeer most = greeted("most");
        most.sendsBitfield(0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19);
        most.expects(Possession.HAVE_NONE).expects(Signal.INTERESTED);
        ScriptedPeer peer = greeted("peer").hasAll();
        peer.expects(Possession.HAVE_NONE).expects(Signal.INTERESTED);

        peer.sends(new Suggest(13)).unchokes().expectsRequest(5, 0);
    }

    @Test
    void aTurnEndsWhenTheLastPieceIsThrough() {
        engineSeeds(
                "torrent.upload-slots=1", "torrent.seed-pieces=1", "torrent.seed-turn-min=0s", "peer.allowed-fast=0");
        ScriptedPeer first = interested("first").ignores(Suggest.class);
        first.expects(Signal.UNCHOKE);
        first.requests(3, 0).requests(3, 16384).requests(4, 0);
        first.expectsBlock(3, 0).expectsBlock(3, 16384).expectsBlock(4, 0);

        ScriptedPeer second = interested("second").ignores(Suggest.class);
        second.expects(Signal.UNCHOKE);
        first.requests(5, 0).expectsNothingFor(Duration.ofSeconds(3));
        first.requests(4, 16384).expectsBlock(4, 16384).expects(Signal.CHOKE);
        first.expects(new Reject(TORRENT.block(5, 0)));
    }

    @Test
    void aTurnDoesNotWaitForALastPieceForEver() {
        engineSeeds(
                "torrent.upload-slots=1", "torrent.seed-pieces=1", "torrent.seed-turn-min=0s", "peer.allowed-fast=0");
        ScriptedPeer first = interested("first").ignores(Suggest.class);
        first.expects(Signal.UNCHOKE);
        first.requests(3, 0).requests(3, 16384).requests(4, 0);
        first.expectsBlock(3, 0).expectsBlock(3, 16384).expectsBlock(4, 0);

        interested("second").ignores(Suggest.class).expects(Signal.UNCHOKE);
        first.waitsAtMost(Duration.ofSeconds(25)).expects(Signal.CHOKE);
    }
}
