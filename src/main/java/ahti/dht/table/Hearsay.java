package ahti.dht.table;

import ahti.dht.krpc.Contact;
import ahti.dht.krpc.KrpcMessage.Answer;
import ahti.dht.krpc.NodeId;
import ahti.net.place.Addresses;
import java.net.InetSocketAddress;
import java.util.List;

/** What is left of an answer when the nodes are left out that its sender had better not named. */
public final class Hearsay {
    private Hearsay() {}

    /** Without nodes that {@code from} may not name ({@link Addresses#mayName}), and without ourselves. */
    public static Answer believable(Answer answer, InetSocketAddress from, NodeId self) {
        return new Answer(
                answer.transaction(),
                answer.sender(),
                believable(answer.nodes(), from, self),
                believable(answer.nodes6(), from, self),
                answer.peers(),
                answer.token(),
                answer.you());
    }

    private static List<Contact> believable(List<Contact> nodes, InetSocketAddress from, NodeId self) {
        return nodes.stream()
                .filter(node -> Addresses.mayName(from, node.address()))
                .filter(node -> !node.id().equals(self))
                .toList();
    }
}
