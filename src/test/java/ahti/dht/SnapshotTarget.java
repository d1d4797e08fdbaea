package ahti.dht;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.dht.krpc.Family;
import ahti.fuzz.FuzzTarget;

/** The file of DHT nodes: whatever is in it, what is read is written as what reads the same. */
public final class SnapshotTarget implements FuzzTarget {
    @Override
    public String name() {
        return "dht-nodes";
    }

    @Override
    public void check(byte[] input) {
        Snapshot read = Snapshot.decode(input);
        Snapshot again = Snapshot.decode(read.encode());
        assertThat(again).isEqualTo(read);
        for (Family family : Family.values()) {
            assertThat(again.nodes(family)).isEqualTo(read.nodes(family));
            assertThat(again.external(family)).isEqualTo(read.external(family));
        }
    }
}
