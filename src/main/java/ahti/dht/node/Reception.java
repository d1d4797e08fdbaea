package ahti.dht.node;

import ahti.config.DhtConfig;
import ahti.dht.krpc.Contact;
import ahti.dht.krpc.Family;
import ahti.dht.krpc.KrpcMessage;
import ahti.dht.krpc.KrpcMessage.Answer;
import ahti.dht.krpc.KrpcMessage.Failure;
import ahti.dht.krpc.KrpcMessage.Malformed;
import ahti.dht.krpc.KrpcMessage.Query;
import ahti.dht.krpc.KrpcWriter;
import ahti.dht.krpc.NodeId;
import ahti.dht.lookup.Lookup;
import ahti.dht.lookup.LookupBounds;
import ahti.dht.node.DhtNode.Command;
import ahti.dht.serve.Desk;
import ahti.net.Datagrams;
import ahti.net.place.Addresses;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/** Answers what others ask, within the limits of its {@link Desk}; nodes of the other family come from the other node. */
final class Reception {
    private final Family family;
    private final DhtConfig config;
    private final Identity identity;
    private final Desk desk;
    private final Datagrams.Socket socket;
    private final ActorRef<Command> self;
    private final Tally tally;
    private Optional<ActorRef<Command>> sibling = Optional.empty();

    Reception(
            NodeSettings settings,
            Identity identity,
            Datagrams.Socket socket,
            ActorRef<Command> self,
            Tally tally,
            long now) {
        this.family = settings.family();
        this.config = settings.config();
        this.identity = identity;
        this.desk = new Desk(family, config, settings.random(), now);
        this.socket = socket;
        this.self = self;
        this.tally = tally;
    }

    void meet(ActorRef<Command> other) {
        sibling = Optional.of(other);
    }

    /** The node of the other family, where there is one. */
    Optional<ActorRef<Command>> sibling() {
        return sibling;
    }

    /** Only whoever meant to ask is told that it went wrong: two that tell each other would never end. */
    void malformed(Malformed malformed, InetSocketAddress from, long now) {
        tally.malformed++;
        if (malformed.query().isPresent() && !config.readOnly() && desk.mayAnswer(from, now)) {
            Failure failure = new Failure(malformed.query().get(), KrpcMessage.PROTOCOL, malformed.reason());
            socket.send(from, KrpcWriter.write(failure));
        }
    }

    /** Answers, or does not; false when there was no allowance for an answer. */
    boolean asked(Query query, InetSocketAddress from, long now) {
        if (config.readOnly()) {
            return true;
        }
        if (!desk.mayAnswer(from, now)) {
            tally.limited++;
            return false;
        }
        Optional<NodeId> place = Desk.placeOf(query.question());
        Family other = family == Family.IPV4 ? Family.IPV6 : Family.IPV4;
        if (place.isPresent() && query.want().contains(other) && sibling.isPresent()) {
            sibling.get().tell(new DhtNode.AskNearest(query, from, place.get(), self));
        } else {
            answer(query, from, List.of(), now);
        }
        return true;
    }

    /** The other node has said what it knows. */
    void answer(Query query, InetSocketAddress from, List<Contact> ofOther, long now) {
        boolean wantsOurs = query.want().isEmpty() || query.want().contains(family);
        List<Contact> ours = wantsOurs
                ? Desk.placeOf(query.question())
                        .map(place -> nearest(place, from))
                        .orElse(List.of())
                : List.of();
        Desk.Nearest nearest =
                family == Family.IPV4 ? new Desk.Nearest(ours, ofOther) : new Desk.Nearest(ofOther, ours);
        KrpcMessage answer = desk.answer(query, from, identity.table().self(), nearest, now);
        tally.answered++;
        socket.send(from, answer instanceof Answer good ? KrpcWriter.write(good) : KrpcWriter.write((Failure) answer));
    }

    /** What may be told to whoever asks from there. */
    List<Contact> nearest(NodeId place, InetSocketAddress from) {
        return identity.table().nearest(place, LookupBounds.K).stream()
                .filter(node -> Addresses.isLocal(from.getAddress())
                        || !Addresses.isLocal(node.address().getAddress()))
                .toList();
    }

    /** Peers of a torrent that announced themselves to us. */
    List<InetSocketAddress> kept(NodeId infoHash, long now) {
        return desk.kept(infoHash, now);
    }

    /**
     * Keeps our own announce when we are one of the nearest nodes ourselves: whoever asks us would not find us otherwise
     * where there are few nodes.
     */
    void keepOwn(NodeId infoHash, int port, List<Lookup.Holder> holders, long now) {
        boolean isNear = holders.size() < LookupBounds.K
                || infoHash.compareDistance(
                                identity.table().self(),
                                holders.get(holders.size() - 1).contact().id())
                        < 0;
        if (isNear) {
            identity.here().ifPresent(address -> desk.keep(infoHash, new InetSocketAddress(address, port), now));
        }
    }
}
