package ahti.dht;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import ahti.dht.krpc.Contact;
import ahti.dht.krpc.Family;
import ahti.dht.krpc.NodeId;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SnapshotTest {
    private static final Snapshot FULL = Snapshot.empty()
            .with(
                    Family.IPV4,
                    List.of(new Contact(NodeId.random(new Random(1)), At.port("20.0.0.1", 6881))),
                    Optional.of(At.host("80.1.1.1")))
            .with(
                    Family.IPV6,
                    List.of(new Contact(NodeId.random(new Random(2)), At.port("2001:db8::1", 6882))),
                    Optional.empty());

    @Test
    void readsWhatItWrites() {
        Snapshot read = Snapshot.decode(FULL.encode());

        assertThat(read).isEqualTo(FULL);
        assertThat(read.external(Family.IPV4)).contains(At.host("80.1.1.1"));
        assertThat(read.nodes(Family.IPV6)).isEqualTo(FULL.nodes(Family.IPV6));
        assertThat(Snapshot.decode(Snapshot.empty().encode())).isEqualTo(Snapshot.empty());
    }

    @Test
    void takesNothingFromAFileOfAnotherKind() {
        assertThat(Snapshot.decode(new byte[0])).isEqualTo(Snapshot.empty());
        assertThat(Snapshot.decode(
                        "d5:nodes26:abcdefghijklmnopqrstuvwxyze".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                .isEqualTo(Snapshot.empty());
    }

    @Seeds(100)
    void survivesAnyDamage(long seed) {
        Random random = new Random(seed);
        byte[] bytes = FULL.encode();
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);

        assertThat(Snapshot.decode(bytes)).isNotNull();
    }
}
