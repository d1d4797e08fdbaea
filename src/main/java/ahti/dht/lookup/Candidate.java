package ahti.dht.lookup;

import ahti.dht.krpc.NodeId;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/** A node that a lookup has heard of. */
final class Candidate {

    /** How far the lookup is with it. */
    enum State {
        HEARD,
        ASKED,
        /** Asked, and it takes its time: another may be asked meanwhile. */
        SLOW,
        ANSWERED,
        FAILED
    }

    final NodeId id;
    final InetSocketAddress address;
    /** Whether it counts: see {@link Lookup}. */
    final boolean trusted;

    State state = State.HEARD;
    /** What it gave out to announce with. */
    Optional<ByteString> token = Optional.empty();

    Candidate(NodeId id, InetSocketAddress address, boolean trusted) {
        this.id = id;
        this.address = address;
        this.trusted = trusted;
    }

    boolean isOpen() {
        return state == State.ASKED || state == State.SLOW;
    }
}
