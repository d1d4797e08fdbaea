package ahti.wire;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.InfoHash;
import ahti.core.PeerId;
import ahti.fuzz.FuzzTarget;
import ahti.fuzz.FuzzTargets;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/** The first bytes of a connection: what they say does not depend on how many of them are here. */
public final class HandshakeTarget implements FuzzTarget {
    @Override
    public String name() {
        return "handshake";
    }

    @Override
    public void check(byte[] input) {
        ByteString bytes = ByteString.fromArray(input);
        Optional<InfoHash> named = Optional.empty();
        try {
            for (int seen = 0; seen <= Math.min(bytes.length(), Handshake.LENGTH); seen++) {
                Optional<InfoHash> now = Handshake.infoHash(bytes.take(seen));
                assertThat(now.isPresent()).isEqualTo(seen >= Handshake.HEAD_LENGTH);
                assertThat(named.isEmpty() || now.equals(named)).isTrue();
                named = now;
            }
        } catch (ProtocolException refused) {
            FuzzTargets.assertFitToShow(refused.violation().describe());
            assertThat(named).isEmpty();
        }
        Optional<PeerId> peer = Handshake.peerId(bytes);
        if (named.isPresent() && peer.isPresent()) {
            FuzzTargets.assertFitToShow(peer.get().toString());
            Capabilities offered = Handshake.capabilities(bytes);
            ByteString written = Handshake.encode(named.get(), peer.get(), offered);
            assertThat(written.drop(28)).isEqualTo(bytes.slice(28, Handshake.LENGTH));
            assertThat(Handshake.capabilities(written)).isEqualTo(offered);
        }
    }
}
