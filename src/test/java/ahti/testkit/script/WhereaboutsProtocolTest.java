package ahti.testkit.script;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.torrent.room.OurAddress;
import ahti.torrent.room.PeerPriority;
import ahti.wire.Capabilities;
import ahti.wire.PeerMessage;
import ahti.wire.PeerMessage.Extended;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where several peers see us is where we are, as far as their right to a connection goes (BEP 10, BEP 40). */
@Timeout(60)
class WhereaboutsProtocolTest {
    private static final Capabilities EXTENDED = new Capabilities(false, true, false);
    /** At 80.1.1.1. */
    private static final Extended SEES_US =
            new Extended(0, ByteString.fromArray("d6:yourip4:P\1\1\1e".getBytes(StandardCharsets.ISO_8859_1)));

    private final OurAddress unknown = new OurAddress(List.of(), 6881);
    private final OurAddress elected = new OurAddress(List.of(), 6881);

    private boolean isBefore(OurAddress ours, ScriptedPeer one, ScriptedPeer other) {
        return PeerPriority.of(ours.seenBy(one.address()), one.address())
                < PeerPriority.of(ours.seenBy(other.address()), other.address());
    }

    @Test
    void aPeerHasTheRightThatOurTrueAddressGivesIt() throws UnknownHostException {
        elected.elected(InetAddress.getByName("80.1.1.1"));
        try (EngineUnderTest engine =
                EngineUnderTest.seeding(KnownTorrent.ofPieces(20), "ahti.torrent.max-peers = 1")) {
            engine.starts().passes(Duration.ofSeconds(1));
            List<ScriptedPeer> peers = IntStream.range(0, 12)
                    .mapToObj(number -> engine.peer("peer-" + number))
                    .toList();
            for (ScriptedPeer peer : peers.subList(0, 4)) {
                peer.speaks(EXTENDED).connects().sendsHandshake().expectsHandshake();
                peer.sends(SEES_US);
                engine.passes(Duration.ofSeconds(1));
                peer.disconnects();
                engine.passes(Duration.ofSeconds(1));
            }
            List<ScriptedPeer> rest = peers.subList(4, 12);
            ScriptedPeer first = rest.get(0);
            ScriptedPeer second = rest.get(0);
            for (ScriptedPeer one : rest) {
                for (ScriptedPeer other : rest) {
                    if (isBefore(elected, one, other) && isBefore(unknown, other, one)) {
                        first = one;
                        second = other;
                    }
                }
            }
            assertThat(first).isNotSameAs(second);

            first.connects().sendsHandshake().expectsHandshake();
            first.isInterested().expectsEventually(PeerMessage.Signal.class);
            engine.passes(Duration.ofSeconds(70));
            second.connects().sendsHandshake().expectsHandshake();
            first.expectsDisconnect();
        }
    }
}
