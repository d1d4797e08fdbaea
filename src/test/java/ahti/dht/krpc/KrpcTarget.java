package ahti.dht.krpc;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.fuzz.FuzzTarget;
import ahti.fuzz.FuzzTargets;
import java.net.Inet4Address;
import org.apache.pekko.util.ByteString;

/** A datagram of the DHT: what is read is written as what reads the same. */
public final class KrpcTarget implements FuzzTarget {
    @Override
    public String name() {
        return "dht";
    }

    @Override
    public void check(byte[] input) {
        KrpcMessage read = KrpcReader.read(ByteString.fromArray(input));
        if (read instanceof KrpcMessage.Malformed malformed) {
            FuzzTargets.assertFitToShow(malformed.reason());
        } else if (read instanceof KrpcMessage.Failure failure) {
            FuzzTargets.assertFitToShow(failure.text());
            assertThat(KrpcReader.read(KrpcWriter.write(failure))).isEqualTo(failure);
        } else if (read instanceof KrpcMessage.Query query) {
            if (query.question() instanceof Question.Unknown unknown) {
                FuzzTargets.assertFitToShow(unknown.method());
            } else {
                assertThat(KrpcReader.read(KrpcWriter.write(query))).isEqualTo(query);
            }
        } else if (read instanceof KrpcMessage.Answer answer) {
            assertThat(answer.nodes()).allMatch(node -> isFour(node));
            assertThat(answer.nodes6()).noneMatch(node -> isFour(node));
            assertThat(answer.peers()).allMatch(peer -> peer.getPort() > 0).doesNotHaveDuplicates();
            assertThat(KrpcReader.read(KrpcWriter.write(answer))).isEqualTo(answer);
        }
    }

    private static boolean isFour(Contact node) {
        return node.address().getAddress() instanceof Inet4Address;
    }
}
