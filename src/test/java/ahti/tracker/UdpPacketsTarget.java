package ahti.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.fuzz.FuzzTarget;
import ahti.fuzz.FuzzTargets;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/** A UDP tracker's datagram, over either family. */
public final class UdpPacketsTarget implements FuzzTarget {
    private static final int PEERS = 50;

    @Override
    public String name() {
        return "tracker-udp";
    }

    @Override
    public void check(byte[] input) {
        ByteString datagram = ByteString.fromArray(input);
        check(UdpPackets.read(datagram, CompactPeers.IPV4, PEERS), input);
        check(UdpPackets.read(datagram, CompactPeers.IPV6, PEERS), input);
        ByteString inParts = datagram.take(3).concat(datagram.drop(3));
        assertThat(UdpPackets.read(inParts, CompactPeers.IPV4, PEERS))
                .isEqualTo(UdpPackets.read(datagram, CompactPeers.IPV4, PEERS));
    }

    private static void check(Optional<UdpPackets.Reply> read, byte[] input) {
        if (read.isEmpty()) {
            return;
        }
        UdpPackets.Reply reply = read.get();
        assertThat(reply.transaction())
                .isEqualTo(java.nio.ByteBuffer.wrap(input).getInt(4));
        if (reply instanceof UdpPackets.Refused refused) {
            FuzzTargets.assertFitToShow(refused.text());
        } else if (reply instanceof UdpPackets.Announced announced) {
            assertThat(announced.peers())
                    .hasSizeLessThanOrEqualTo(PEERS)
                    .doesNotHaveDuplicates()
                    .allMatch(peer -> peer.getPort() > 0);
        }
    }
}
