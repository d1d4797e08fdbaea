package ahti.dht.table;

import ahti.dht.krpc.Contact;
import ahti.dht.krpc.KrpcMessage.Answer;
import ahti.dht.krpc.NodeId;
import ahti.net.place.Addresses;
import java.net.InetSocketAddress;
import java.util.function.Predicate;

/** What is left of an answer when the nodes are left out that its sender had better not named. */
public final class Hearsay {
    private Hearsay() {}

    /**
     * Without nodes that {@code from} may not name ({@link Addresses#mayName}), without those that we may not talk to, and
     * without ourselves.
     */
    public static Answer believable(
            Answer answer, InetSocketAddress from, NodeId self, Predicate<InetSocketAddress> mayTalkTo) {
        Predicate<Contact> fits = node -> Addresses.mayName(from, node.address())
                && mayTalkTo.test(node.address())
                && !node.id().equals(self);
        return new Answer(
                answer.transaction(),
                answer.sender(),
                answer.nodes().stream().filter(fits).toList(),
                answer.nodes6().stream().filter(fits).toList(),
                answer.peers(),
                answer.token(),
                answer.you());
    }
}
