package ahti.tracker;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.apache.pekko.util.ByteString;

/**
 * One announce over UDP (BEP 15): connect, announce, and both again when nothing comes back.
 *
 * <p>Time is handed in: each {@link Send} says how long to wait before {@link #timedOut}. Datagrams that do not match by
 * address and transaction change nothing.
 */
final class UdpExchange {

    /** An id that a tracker gave us, good for a minute from there. */
    record Connection(InetSocketAddress tracker, long id) {}

    /**
     * How long to wait.
     *
     * @param first for the first answer; doubled with each retransmission
     * @param attempts datagrams lost before the tracker is given up
     */
    record Patience(Duration first, int attempts) {}

    /** What to do next. */
    sealed interface Step {}

    /** Send this, and wait this long for an answer. */
    record Send(InetSocketAddress to, ByteString payload, Duration patience) implements Step {}

    /** The announce is over. */
    record Finished(Outcome outcome) implements Step {}

    /** Go on waiting. */
    enum Wait implements Step {
        INSTANCE
    }

    private final AnnounceRequest request;
    private final String urlData;
    private final List<InetSocketAddress> targets;
    private final Patience patience;
    private final int mostPeers;
    private final int connecting;
    private final int announcing;

    private Optional<Connection> connection;
    /** The id is of an earlier announce: the tracker may have forgotten it. */
    private boolean reused;

    private boolean announced;
    private int timeouts;

    /**
     * An announce not begun yet.
     *
     * @param targets addresses of the tracker, at least one; connecting alternates between them
     * @param known an id of an earlier announce that has not expired
     */
    UdpExchange(
            AnnounceRequest request,
            String urlData,
            List<InetSocketAddress> targets,
            Optional<Connection> known,
            Patience patience,
            int mostPeers,
            RandomGenerator random) {
        this.request = request;
        this.urlData = urlData;
        this.targets = List.copyOf(targets);
        this.connection = known;
        this.reused = known.isPresent();
        this.patience = patience;
        this.mostPeers = mostPeers;
        this.connecting = random.nextInt();
        this.announcing = connecting ^ (1 + random.nextInt(Integer.MAX_VALUE));
    }

    /** The announce this is about. */
    AnnounceRequest request() {
        return request;
    }

    /** The id to announce with; empty while there is none. */
    Optional<Connection> connection() {
        return connection;
    }

    /** The id is too old to announce with. */
    void expire() {
        connection = Optional.empty();
    }

    /** The first datagram. */
    Step begin() {
        return connection.isPresent() ? announce(connection.get()) : connect();
    }

    /** Nothing came within the wait. An id may have expired meanwhile, so it starts over with a new one. */
    Step timedOut() {
        timeouts++;
        connection = Optional.empty();
        if (timeouts >= patience.attempts()) {
            return new Finished(new Outcome.Failure("no answer over UDP after " + timeouts + " attempts"));
        }
        return connect();
    }

    /** A datagram came, from anybody. */
    Step heard(InetSocketAddress from, ByteString payload) {
        if (!targets.contains(from)) {
            return Wait.INSTANCE;
        }
        int addressLength = from.getAddress() instanceof Inet6Address ? CompactPeers.IPV6 : CompactPeers.IPV4;
        Optional<UdpPackets.Reply> read = UdpPackets.read(payload, addressLength, mostPeers);
        if (read.isEmpty()) {
            return Wait.INSTANCE;
        }
        UdpPackets.Reply reply = read.get();
        if (reply instanceof UdpPackets.Connected connected) {
            return onConnected(from, connected);
        } else if (reply instanceof UdpPackets.Announced answer) {
            return onAnnounced(answer);
        }
        return onRefused((UdpPackets.Refused) reply);
    }

    private Step onConnected(InetSocketAddress from, UdpPackets.Connected reply) {
        if (connection.isPresent() || reply.transaction() != connecting) {
            return Wait.INSTANCE;
        }
        Connection fresh = new Connection(from, reply.connection());
        connection = Optional.of(fresh);
        return announce(fresh);
    }

    private Step onAnnounced(UdpPackets.Announced reply) {
        if (!announced || reply.transaction() != announcing) {
            return Wait.INSTANCE;
        }
        return new Finished(new Outcome.Answer(
                Optional.of(Duration.ofSeconds(reply.interval())),
                Optional.empty(),
                count(reply.seeders()),
                count(reply.leechers()),
                reply.peers(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    }

    private Step onRefused(UdpPackets.Refused reply) {
        boolean ofAnnounce = announced && reply.transaction() == announcing;
        if (ofAnnounce && reused) {
            reused = false;
            connection = Optional.empty();
            return connect();
        }
        boolean ofConnect = connection.isEmpty() && reply.transaction() == connecting;
        if (ofAnnounce || ofConnect) {
            connection = Optional.empty();
            String text = reply.text().isEmpty() ? "refused without a reason" : reply.text();
            return new Finished(new Outcome.Failure(text));
        }
        return Wait.INSTANCE;
    }

    private Step connect() {
        InetSocketAddress target = targets.get(timeouts % targets.size());
        return new Send(target, UdpPackets.connect(connecting), waiting());
    }

    private Step announce(Connection with) {
        announced = true;
        return new Send(with.tracker(), UdpPackets.announce(with.id(), announcing, request, urlData), waiting());
    }

    private Duration waiting() {
        return patience.first().multipliedBy(1L << Math.min(timeouts, 8));
    }

    private static OptionalInt count(int theirs) {
        return theirs < 0 ? OptionalInt.empty() : OptionalInt.of(theirs);
    }
}
