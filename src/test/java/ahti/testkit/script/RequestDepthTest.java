package ahti.testkit.script;

import ahti.testkit.net.Path;
import ahti.wire.PeerMessage.Have;
import ahti.wire.PeerMessage.Possession;
import ahti.wire.PeerMessage.Signal;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much is asked of a fast peer at most follows from how far away it is: this one is 80 ms away, 3.2 times what is near. */
class RequestDepthTest {

    // The picker hears of a window when it is larger by an eighth: not of the very last requests.
    @ParameterizedTest
    @CsvSource({"10, 1000, 31", "10, 20, 18", "20, 1000, 58"})
    void aFastPeerIsAskedForMoreTheFurtherItIsAway(int near, int max, int inFlight) {
        try (EngineUnderTest engine = EngineUnderTest.leeching(
                KnownTorrent.ofPieces(100), "ahti.peer.requests-near = " + near, "ahti.peer.requests-max = " + max)) {
            engine.network().paths(Path.of(Duration.ofMillis(40)));
            engine.starts();
            ScriptedPeer peer =
                    engine.peer("far").speaksFast().connects().sendsHandshake().hasAll();
            peer.expectsHandshake();
            peer.expects(Possession.HAVE_NONE).expects(Signal.INTERESTED).unchokes();

            peer.ignores(Have.class).serves(140).expectsRequests(inFlight);

            peer.expectsNothingFor(Duration.ofMillis(200));
        }
    }
}
