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
 * One errand over UDP (BEP 15): connect, ask, and both again when nothing comes back.
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

    /** The errand is over. */
    record Finished(Outcome outcome) implements Step {}

    /** Go on waiting. */
    enum Wait implements Step {
        INSTANCE
    }

    private final Errand errand;
    private final String urlData;
    private final List<InetSocketAddress> targets;
    private final Patience patience;
    private final int mostPeers;
    private final int connecting;
    private final int asking;

    private Optional<Connection> connection;
    /** The id is of an earlier errand: the tracker may have forgotten it. */
    private boolean reused;

    private boolean asked;
    private int timeouts;

    /**
     * An errand not begun yet.
     *
     * @param targets addresses of the tracker, at least one; connecting alternates between them
     * @param known an id of an earlier errand that has not expired
     */
    UdpExchange(
            Errand errand,
            String urlData,
            List<InetSocketAddress> targets,
            Optional<Connection> known,
            Patience patience,
            int mostPeers,
            RandomGenerator random) {
        this.errand = errand;
        this.urlData = urlData;
        this.targets = List.copyOf(targets);
        this.connection = known;
        this.reused = known.isPresent();
        this.patience = patience;
        this.mostPeers = mostPeers;
        this.connecting = random.nextInt();
        this.asking = connecting ^ (1 + random.nextInt(Integer.MAX_VALUE));
    }

    /** The id to ask with; empty while there is none. */
    Optional<Connection> connection() {
        return connection;
    }

    /** The id is too old to ask with. */
    void expire() {
        connection = Optional.empty();
    }

    /** The first datagram. */
    Step begin() {
        return connection.isPresent() ? ask(connection.get()) : connect();
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
            return isAnswer(answer) && errand instanceof AnnounceRequest ? onAnnounced(answer) : Wait.INSTANCE;
        } else if (reply instanceof UdpPackets.Scraped counts) {
            return isAnswer(counts) && errand instanceof ScrapeRequest ? onScraped(counts) : Wait.INSTANCE;
        }
        return onRefused((UdpPackets.Refused) reply);
    }

    private Step onConnected(InetSocketAddress from, UdpPackets.Connected reply) {
        if (connection.isPresent() || reply.transaction() != connecting) {
            return Wait.INSTANCE;
        }
        Connection fresh = new Connection(from, reply.connection());
        connection = Optional.of(fresh);
        return ask(fresh);
    }

    private boolean isAnswer(UdpPackets.Reply reply) {
        return asked && reply.transaction() == asking;
    }

    private Step onScraped(UdpPackets.Scraped reply) {
        return new Finished(
                new Outcome.Counts(count(reply.seeders()), count(reply.completed()), count(reply.leechers())));
    }

    private Step onAnnounced(UdpPackets.Announced reply) {
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
        boolean ofErrand = isAnswer(reply);
        if (ofErrand && reused) {
            reused = false;
            connection = Optional.empty();
            return connect();
        }
        boolean ofConnect = connection.isEmpty() && reply.transaction() == connecting;
        if (ofErrand || ofConnect) {
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

    private Step ask(Connection with) {
        asked = true;
        ByteString question = errand instanceof AnnounceRequest announce
                ? UdpPackets.announce(with.id(), asking, announce, urlData)
                : UdpPackets.scrape(with.id(), asking, (ScrapeRequest) errand);
        return new Send(with.tracker(), question, waiting());
    }

    private Duration waiting() {
        return patience.first().multipliedBy(1L << Math.min(timeouts, 8));
    }

    private static OptionalInt count(int theirs) {
        return theirs < 0 ? OptionalInt.empty() : OptionalInt.of(theirs);
    }
}
