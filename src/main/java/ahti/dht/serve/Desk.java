package ahti.dht.serve;

import ahti.config.DhtConfig;
import ahti.dht.krpc.Contact;
import ahti.dht.krpc.Family;
import ahti.dht.krpc.KrpcMessage;
import ahti.dht.krpc.KrpcMessage.Answer;
import ahti.dht.krpc.KrpcMessage.Failure;
import ahti.dht.krpc.KrpcMessage.Query;
import ahti.dht.krpc.NodeId;
import ahti.dht.krpc.Question;
import ahti.net.place.Addresses;
import ahti.net.place.Origin;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.pekko.util.ByteString;

/** Decides what a query is answered: bounded in number, in size and in what is kept because of it. */
public final class Desk {
    /**
     * Peers in one answer at most, whatever is configured: with eight nodes of each DHT it stays below the 1024 bytes of
     * BEP 32.
     */
    private static final int MOST_VALUES_4 = 40;

    private static final int MOST_VALUES_6 = 16;

    private final Family family;
    private final DhtConfig config;
    private final RandomGenerator random;
    private final AnswerLimit limit;
    private final Tokens tokens;
    private final PeerStore store;

    /** A desk that has kept nothing yet. */
    public Desk(Family family, DhtConfig config, RandomGenerator random, long now) {
        this.family = family;
        this.config = config;
        this.random = random;
        this.limit = new AnswerLimit(config.answersPerSecond(), config.answersPerAddress(), now);
        this.tokens = new Tokens(config.tokenLifetime(), random, now);
        this.store = new PeerStore(config);
    }

    /** What is near to a question's place, as far as it has one. */
    public record Nearest(List<Contact> nodes, List<Contact> nodes6) {
        /** Nothing. */
        public static final Nearest NONE = new Nearest(List.of(), List.of());
    }

    /** Whether there is an allowance for one more answer to that address; if so, it is used up. */
    public boolean mayAnswer(InetSocketAddress to, long now) {
        return limit.allows(Origin.of(to), now);
    }

    /** The place whose nearest nodes belong into the answer; empty when none do. */
    public static Optional<NodeId> placeOf(Question question) {
        if (question instanceof Question.FindNode find) {
            return Optional.of(find.target());
        }
        if (question instanceof Question.GetPeers get) {
            return Optional.of(get.infoHash());
        }
        // Whatever an extension asks about a place, who is near to it helps (as libtorrent does, for what is to come).
        return question instanceof Question.Unknown unknown ? unknown.target() : Optional.empty();
    }

    /** The answer, or why there is none; an announce is kept. */
    public KrpcMessage answer(Query query, InetSocketAddress from, NodeId self, Nearest nearest, long now) {
        Question question = query.question();
        if (question instanceof Question.Unknown unknown && unknown.target().isEmpty()) {
            return new Failure(query.transaction(), KrpcMessage.METHOD_UNKNOWN, "Method Unknown");
        }
        List<InetSocketAddress> peers = List.of();
        Optional<ByteString> token = Optional.empty();
        if (question instanceof Question.AnnouncePeer announce) {
            if (!tokens.isOurs(announce.token(), from.getAddress(), now)) {
                return new Failure(query.transaction(), KrpcMessage.PROTOCOL, "Bad Token");
            }
            int port = announce.impliedPort() ? from.getPort() : announce.port();
            store.add(announce.infoHash(), new InetSocketAddress(from.getAddress(), port), now);
        } else if (question instanceof Question.GetPeers get) {
            peers = store.some(get.infoHash(), mostValues(), random, now).stream()
                    .filter(peer -> Addresses.isLocal(from.getAddress()) || !Addresses.isLocal(peer.getAddress()))
                    .toList();
            token = Optional.of(tokens.give(from.getAddress(), now));
        }
        return new Answer(
                query.transaction(), self, nearest.nodes(), nearest.nodes6(), peers, token, Optional.of(from));
    }

    private int mostValues() {
        return Math.min(config.values(), family == Family.IPV4 ? MOST_VALUES_4 : MOST_VALUES_6);
    }

    /** A peer of a torrent that needs no token: ourselves, where we are one of the nearest nodes. */
    public void keep(NodeId infoHash, InetSocketAddress peer, long now) {
        store.add(infoHash, peer, now);
    }

    /** Peers of a torrent that announced themselves to us. */
    public List<InetSocketAddress> kept(NodeId infoHash, long now) {
        return store.some(infoHash, config.maxPeers(), random, now);
    }

    /** Info hashes that peers are kept of. */
    public int hashes() {
        return store.size();
    }
}
