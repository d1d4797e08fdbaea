package ahti.testkit.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ahti.testkit.net.Path;
import ahti.wire.Handshake;
import ahti.wire.PeerMessage.Have;
import ahti.wire.PeerMessage.KeepAlive;
import ahti.wire.PeerMessage.Piece;
import ahti.wire.PeerMessage.Request;
import ahti.wire.PeerMessage.Signal;
import java.time.Duration;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a scripted peer can do, and what it says when it is disappointed. */
@Timeout(60)
class ScriptedPeerTest {
    private final EngineUnderTest engine = EngineUnderTest.leeching(KnownTorrent.ofPieces(10));

    @AfterEach
    void end() {
        engine.close();
    }

    private ScriptedPeer greeted(String name) {
        ScriptedPeer peer = engine.peer(name).connects().sendsHandshake();
        peer.expectsHandshake();
        return peer;
    }

    @Test
    void showsTheConversationWhenAnExpectationIsNotMet() {
        engine.starts();
        engine.network().paths(Path.of(Duration.ofMillis(20)));
        ScriptedPeer peer = greeted("alice").sendsBitfield(1, 2, 3);

        assertThatThrownBy(() -> peer.expects(new Have(7)))
                .isInstanceOf(AssertionError.class)
                .hasMessage("""
                        alice expected Have 7, but heard Interested

                           seconds  alice                                   engine
                             0.000  dials 20.0.0.1:6881
                             0.040  Handshake -SP0100-alice------- for HASH
                             0.080                                          Handshake -AH0100-cL9S7oUppcI5 for HASH
                             0.080  Bitfield 3 of 10
                             0.120                                          Interested
                        """.replace("HASH", hash()));
    }

    private String hash() {
        return engine.torrent().metainfo().infoHash().hex().substring(0, 8);
    }

    @Test
    void saysHowLongItWaitedForNothing() {
        engine.starts();
        ScriptedPeer peer = greeted("alice").waitsAtMost(Duration.ofSeconds(7));

        assertThatThrownBy(() -> peer.expects(Request.class))
                .hasMessageStartingWith("alice expected Request, but nothing came for 7 s\n");
        assertThat(engine.now()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void isHeldToTheSequenceExceptForWhatItIgnores() {
        engine.starts();
        ScriptedPeer strict = greeted("strict").sendsBitfield();
        ScriptedPeer lax = greeted("lax").ignores(Signal.class, KeepAlive.class).sendsBitfield();

        assertThatThrownBy(() -> strict.expects(KeepAlive.class))
                .hasMessageStartingWith("strict expected KeepAlive, but heard Interested");
        assertThatThrownBy(() -> strict.expectsNothingFor(Duration.ofMinutes(3)))
                .hasMessageStartingWith("strict expected nothing for 180 s, but heard KeepAlive");
        lax.expectsNothingFor(Duration.ofSeconds(30));
    }

    @Test
    void waitsForWhatComesInTheEnd() {
        engine.starts();
        ScriptedPeer peer = greeted("alice").sendsBitfield();

        peer.expectsEventually(KeepAlive.class);

        assertThat(engine.now()).isBetween(Duration.ofSeconds(100), Duration.ofSeconds(102));
    }

    @Test
    void bytesThatDripMakeAHandshakeInTheEnd() {
        engine.starts();
        ScriptedPeer peer = engine.peer("slow").connects();

        peer.drips(Handshake.encode(engine.torrent().metainfo().infoHash(), peer.peerId()), Duration.ofMillis(100));

        peer.expectsHandshake();
        assertThat(engine.now()).isEqualTo(Duration.ofMillis(6700));
    }

    @Test
    void canBeDialledAndHangUpAndBeDialledAgain() {
        engine.starts();
        ScriptedPeer peer = engine.peer("bob").listens();
        engine.hearsOf(peer);

        peer.accepts().expectsHandshake();
        peer.disconnects().expectsNoCallFor(Duration.ofSeconds(4));
        peer.accepts().sendsHandshake().expectsHandshake();
        peer.resets();

        assertThat(engine.status().peers().connected()).isZero();
    }

    @Test
    void hearsThatItsConnectionEnded() {
        engine.starts();
        ScriptedPeer peer = engine.peer("mallory").connects();

        peer.sendsBytes("deadbeef").expectsDisconnect();

        assertThatThrownBy(peer::expectsHandshake).hasMessageContaining("but the connection is broken");
        assertThatThrownBy(() -> peer.expectsNothingFor(Duration.ofSeconds(1)))
                .hasMessageContaining("but the connection is broken");
        assertThat(peer.transcript().lines())
                .extracting(Transcript.Line::text)
                .containsExactly("dials 20.0.0.1:6881", "4 bytes deadbeef", "broken: Connection reset");
    }

    @Test
    void cannotConnectWhereNobodyListens() {
        ScriptedPeer early = engine.peer("early");
        engine.host().vanish();

        assertThatThrownBy(early::connects).hasMessageStartingWith("early expected to connect, but could not");
        assertThat(engine.now()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aPeerThatStallsIsHeardNoMoreUntilItReadsOn() {
        try (EngineUnderTest seed = EngineUnderTest.seeding(KnownTorrent.ofPieces(2))) {
            seed.starts();
            ScriptedPeer peer = seed.peer("leech").connects().sendsHandshake();
            peer.expectsHandshake();
            peer.sends(new Have(0)).isInterested();
            peer.expectsEventually(Signal.class);
            peer.stalls().requests(1, 0).expectsNothingFor(Duration.ofSeconds(20));

            peer.readsOn().expectsBlock(1, 0);
        }
    }

    @Test
    void aWrongBlockIsTold() {
        engine.starts();
        ScriptedPeer peer = greeted("alice").sendsBitfield();
        peer.expects(Signal.INTERESTED).unchokes();

        assertThatThrownBy(() -> peer.expects(Piece.class)).hasMessageContaining("but heard Request ");
        assertThatThrownBy(() -> peer.sendsBytes(ByteString.fromString("x")).expectsRequest(99, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
