package ahti.testkit.script;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.torrent.room.OurAddress;
import ahti.torrent.room.PeerPriority;
import ahti.wire.PeerMessage;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may stay when there is room for one peer only (BEP 40). */
@Timeout(60)
class RoomTest {
    private static final OurAddress OURS = new OurAddress(List.of(), 6881);

    private final EngineUnderTest engine =
            EngineUnderTest.seeding(KnownTorrent.ofPieces(20), "ahti.torrent.max-peers = 1");
    private ScriptedPeer low;
    private ScriptedPeer high;

    @BeforeEach
    void begin() {
        engine.starts().passes(Duration.ofSeconds(1));
        List<ScriptedPeer> byPriority = Stream.of("a", "b", "c", "d")
                .map(engine::peer)
                .sorted(Comparator.comparingLong(RoomTest::priority))
                .toList();
        low = byPriority.get(0);
        high = byPriority.get(3);
        assertThat(priority(low)).isLessThan(priority(high));
    }

    private static long priority(ScriptedPeer peer) {
        return PeerPriority.of(OURS.seenBy(peer.address()), peer.address());
    }

    @AfterEach
    void end() {
        engine.close();
    }

    /** Comes, wants something, and takes nothing. */
    private static void loiters(ScriptedPeer peer) {
        peer.connects().sendsHandshake().expectsHandshake();
        peer.isInterested().expectsEventually(PeerMessage.Signal.class);
    }

    @Test
    void whoHasABetterRightTakesThePlaceOfOneThatIsOfNoUse() {
        loiters(low);
        engine.passes(Duration.ofSeconds(70));
        high.connects().sendsHandshake().expectsHandshake();
        low.expectsDisconnect();
    }

    @Test
    void whoHasAWorseRightIsRefused() {
        loiters(high);
        engine.passes(Duration.ofSeconds(70));
        low.connects().sendsHandshake().expectsDisconnect();
    }

    @Test
    void whoIsOfUseStaysWhoeverComes() {
        loiters(low);
        engine.passes(Duration.ofSeconds(68));
        low.requests(0, 0).expectsBlock(0, 0);
        engine.passes(Duration.ofSeconds(2));
        high.connects().sendsHandshake().expectsDisconnect();
    }

    @Test
    void theEngineAsAWholeHasALimitToo() {
        try (EngineUnderTest other = EngineUnderTest.seeding(KnownTorrent.ofPieces(20), "ahti.net.max-peers = 2")) {
            other.starts().passes(Duration.ofSeconds(1));
            loiters(other.peer("a"));
            loiters(other.peer("b"));
            other.passes(Duration.ofSeconds(2));
            other.peer("c").connects().sendsHandshake().expectsDisconnect();
        }
    }
}
