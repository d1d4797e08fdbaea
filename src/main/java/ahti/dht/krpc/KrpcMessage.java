package ahti.dht.krpc;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.util.ByteString;

/** One datagram of the DHT. */
public sealed interface KrpcMessage {

    /** Generic error (BEP 5). */
    int GENERIC = 201;

    /** The sender's own fault. */
    int SERVER = 202;

    /** A malformed message, or a bad token. */
    int PROTOCOL = 203;

    /** There is no such method. */
    int METHOD_UNKNOWN = 204;

    /**
     * A question.
     *
     * @param transaction to be repeated in the answer, whatever it is
     * @param readOnly the sender answers nobody (BEP 43)
     * @param want of which DHTs nodes are wanted; empty means the one it came over (BEP 32)
     */
    record Query(ByteString transaction, NodeId sender, boolean readOnly, Set<Family> want, Question question)
            implements KrpcMessage {
        public Query {
            want = Set.copyOf(want);
        }
    }

    /**
     * The answer to any question; what it does not answer is empty.
     *
     * @param nodes of the IPv4 DHT
     * @param nodes6 of the IPv6 DHT
     * @param peers who shares the torrent, of the family that the answer came over
     * @param token to announce with
     * @param you where the answered query came from, as the sender saw it (BEP 42)
     */
    record Answer(
            ByteString transaction,
            NodeId sender,
            List<Contact> nodes,
            List<Contact> nodes6,
            List<InetSocketAddress> peers,
            Optional<ByteString> token,
            Optional<InetSocketAddress> you)
            implements KrpcMessage {
        public Answer {
            nodes = List.copyOf(nodes);
            nodes6 = List.copyOf(nodes6);
            peers = List.copyOf(peers);
        }

        /** The nodes of one DHT. */
        public List<Contact> nodes(Family family) {
            return family == Family.IPV4 ? nodes : nodes6;
        }
    }

    /** The question could not be answered. The text is for people, and cleaned. */
    record Failure(ByteString transaction, int code, String text) implements KrpcMessage {}

    /**
     * Not a message of the DHT. The reason is ours.
     *
     * @param query the transaction, when it was meant to be a query: whoever sent it may be told
     */
    record Malformed(Optional<ByteString> query, String reason) implements KrpcMessage {}
}
