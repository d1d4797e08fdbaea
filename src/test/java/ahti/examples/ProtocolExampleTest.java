package ahti.examples;

import ahti.testkit.script.EngineUnderTest;
import ahti.testkit.script.KnownTorrent;
import ahti.testkit.script.ScriptedPeer;
import ahti.wire.PeerMessage.Have;
import ahti.wire.PeerMessage.Signal;
import org.junit.jupiter.api.Test;

/** A protocol sequence, exact to the message, against the real engine: no sockets, no threads, no waiting. */
class ProtocolExampleTest {

    @Test
    void fetchesAPieceAndTellsThatItHasIt() {
        // README: protocol
        try (EngineUnderTest engine = EngineUnderTest.leeching(KnownTorrent.ofPieces(2))) {
            engine.starts();
            ScriptedPeer peer = engine.peer("alice").connects().sendsHandshake().sendsBitfield(0);
            peer.expectsHandshake();
            peer.expects(Signal.INTERESTED);
            peer.unchokes().expectsRequest(0, 0);
            peer.sendsBlock(0, 0).expectsRequest(0, 16384);
            peer.sendsBlock(0, 16384).expects(new Have(0));
        }
        // README: end
    }
}
