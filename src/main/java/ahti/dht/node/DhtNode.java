package ahti.dht.node;

import ahti.dht.krpc.Contact;
import ahti.dht.krpc.Family;
import ahti.dht.krpc.KrpcMessage.Query;
import ahti.dht.krpc.NodeId;
import ahti.net.Datagrams;
import ahti.net.place.Whereabouts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * One node of one DHT: answers others, knows some of them, finds peers for us.
 *
 * <p>First it is {@link Opening} its socket, then {@link Open}. What others send is never more than a message that is
 * answered, counted or ignored.
 */
public final class DhtNode {

    /** What may be asked of a node. */
    public sealed interface Command {}

    /**
     * Find other nodes, beginning with these and those of the table. Answered with {@link Joined}.
     *
     * @param doors addresses where nodes should be, whose ids are not known
     */
    public record Join(List<Contact> known, List<InetSocketAddress> doors) implements Command {
        public Join {
            known = List.copyOf(known);
            doors = List.copyOf(doors);
        }
    }

    /**
     * Find peers of a torrent: {@link Found} as they come, at last {@link Ended}. Waits while the node is joining, and while
     * too many others are under way.
     *
     * @param ticket names it in what it is answered
     * @param announce the port to announce us with, to the nearest nodes; empty: do not
     */
    public record Seek(long ticket, NodeId infoHash, OptionalInt announce) implements Command {}

    /** Give up a {@link Seek}; it is not answered any more. */
    public record Cancel(long ticket) implements Command {}

    /** A node should be there: it is asked, and known from then on if it answers. */
    public record Introduce(List<InetSocketAddress> addresses) implements Command {
        public Introduce {
            addresses = List.copyOf(addresses);
        }
    }

    /** The node of the other family, which answers for its own (BEP 32). */
    public record Meet(ActorRef<Command> sibling) implements Command {}

    /** Say what is worth keeping: {@link Kept}. */
    public enum Keep implements Command {
        INSTANCE
    }

    record FromSocket(Datagrams.Event event) implements Command {}

    record AskNearest(Query query, InetSocketAddress from, NodeId place, ActorRef<Command> replyTo)
            implements Command {}

    record NearestAre(Query query, InetSocketAddress from, List<Contact> nodes) implements Command {}

    record Hint(List<Contact> nodes) implements Command {}

    record Located(Whereabouts.Notice notice) implements Command {}

    enum Due implements Command {
        INSTANCE
    }

    enum Maintain implements Command {
        INSTANCE
    }

    /** What a node tells its owner. */
    public sealed interface Event {}

    /** Its socket is open, and it can be told to {@link Join}. */
    public record Opened(Family family, InetSocketAddress local) implements Event {}

    /** There is no socket, and so no node. */
    public record Unusable(Family family, String reason) implements Event {}

    /** It has looked for other nodes, and knows so many. */
    public record Joined(Family family, int nodes) implements Event {}

    /** It knows so many nodes now. */
    public record Census(Family family, int nodes) implements Event {}

    /** Peers of a torrent, each told once per {@link Seek}. */
    public record Found(long ticket, List<InetSocketAddress> peers) implements Event {}

    /**
     * A {@link Seek} is over.
     *
     * @param asked nodes
     * @param answered of these
     * @param found peers
     * @param announced nodes that took our announce
     */
    public record Ended(long ticket, int asked, int answered, int found, int announced) implements Event {}

    /** What is worth keeping for another run: nodes, and our address as others see it. */
    public record Kept(Family family, List<Contact> nodes, Optional<InetAddress> external) implements Event {}

    private DhtNode() {}

    /** A node that opens its socket at once. */
    public static Behavior<Command> create(NodeSettings settings, ActorRef<Event> owner) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers ->
                Behaviors.withStash(Opening.STASH, stash -> new Opening(context, timers, stash, settings, owner))));
    }
}
