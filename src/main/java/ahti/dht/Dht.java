package ahti.dht;

import ahti.config.HostAndPort;
import ahti.core.InfoHash;
import ahti.dht.node.DhtNode;
import ahti.net.Resolver;
import ahti.net.place.Whereabouts;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * The DHT of an engine: one for all torrents, over IPv4 and IPv6.
 *
 * <p>Phases: {@link Recalling} until it is told what an earlier run kept, then {@link Running}, which has one
 * {@link DhtNode} per family.
 */
public final class Dht {

    /** What may be asked of the DHT. */
    public sealed interface Command {}

    /** Begin, with what an earlier run kept; {@link Snapshot#empty} when there is nothing. The first thing to tell it. */
    public record Recall(Snapshot kept) implements Command {}

    /**
     * Find peers of a torrent, over IPv4 and IPv6: {@link PeersFound} as they come, then one {@link SearchEnded}. Given up
     * when the asker stops.
     *
     * @param announce the port to announce us with; empty: do not
     */
    public record Search(InfoHash infoHash, OptionalInt announce, ActorRef<SearchReply> replyTo) implements Command {}

    /**
     * Nodes should be there, as peers say (the PORT message of BEP 5): they are asked, and known from then on if they answer.
     * So many a minute as {@code ahti.dht.introductions-per-minute} says.
     */
    public record Introduce(List<InetSocketAddress> addresses) implements Command {
        public Introduce {
            addresses = List.copyOf(addresses);
        }
    }

    /** The same for the {@code nodes} of a torrent, which may be names. */
    public record IntroduceHosts(List<HostAndPort> hosts) implements Command {
        public IntroduceHosts {
            hosts = List.copyOf(hosts);
        }
    }

    /** Tell how you are, now and whenever that changes, until the asker stops. */
    public record Watch(ActorRef<Standing> subscriber) implements Command {}

    /** Keep what is worth it, a last time, and stop. */
    public enum Stop implements Command {
        INSTANCE
    }

    record NodeTold(DhtNode.Event event) implements Command {}

    record Resolved(HostAndPort host, Resolver.Reply reply, boolean isDoor) implements Command {}

    record Located(Whereabouts.Notice notice) implements Command {}

    record SomebodyGone(ActorRef<Void> who) implements Command {}

    enum JoinAgain implements Command {
        INSTANCE
    }

    enum SaveNow implements Command {
        INSTANCE
    }

    enum StopOverdue implements Command {
        INSTANCE
    }

    /** What comes of a {@link Search}. */
    public sealed interface SearchReply {}

    /** Peers, each told once per search. */
    public record PeersFound(List<InetSocketAddress> peers) implements SearchReply {
        public PeersFound {
            peers = List.copyOf(peers);
        }
    }

    /**
     * Everything is asked that there is to ask.
     *
     * @param asked nodes
     * @param answered of these
     * @param found peers
     * @param announced nodes that took our announce
     */
    public record SearchEnded(int asked, int answered, int found, int announced) implements SearchReply {}

    /**
     * How the DHT is.
     *
     * @param nodes known ones
     * @param problem why it cannot be used; empty when it can, or may soon. For people
     */
    public record Standing(int nodes, Optional<String> problem) {}

    /** What the DHT tells its owner. */
    public sealed interface Event {}

    /** This is worth keeping for the next run. */
    public record Keep(Snapshot snapshot) implements Event {}

    /** After a bug it begins again; twice as late with each in a row ... */
    private static final Duration RESTART = Duration.ofSeconds(1);

    /** ... up to this. */
    private static final Duration LATEST_RESTART = Duration.ofMinutes(5);

    private Dht() {}

    /** A DHT that opens its sockets when it is told what was kept. After a bug it begins again with what it knew. */
    public static Behavior<Command> create(DhtSettings settings, ActorRef<Event> owner) {
        return Behaviors.setup(outer -> {
            Memory memory = new Memory();
            return Behaviors.<Command>supervise(Behaviors.setup(context ->
                            Behaviors.withTimers(timers -> Recalling.begin(context, timers, settings, memory, owner))))
                    .onFailure(SupervisorStrategy.restartWithBackoff(RESTART, LATEST_RESTART, 0.0));
        });
    }
}
