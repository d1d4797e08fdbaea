package ahti.dht;

import ahti.actor.Handlers;
import ahti.config.DhtConfig;
import ahti.core.InfoHash;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Keeps one torrent known to the DHT: searches at once, again and again, and sooner when peers are needed. It announces with
 * each search; when it stops, so does that.
 *
 * <p>At most one search is under way. After each, one timer for the next runs.
 */
public final class Seeker extends AbstractBehavior<Seeker.Command> {

    /** What may be asked of a seeker. */
    public sealed interface Command {}

    /** Peers are needed: search as soon as {@code ahti.dht.search-pause} allows. */
    public enum NeedPeers implements Command {
        INSTANCE
    }

    private record FromDht(Dht.SearchReply reply) implements Command {}

    private record Heard(Dht.Standing standing) implements Command {}

    private enum Elapsed implements Command {
        REGULAR,
        SOONEST
    }

    /** What a seeker tells its owner. */
    public sealed interface Event {}

    /** Addresses of peers. */
    public record PeersFound(List<InetSocketAddress> peers) implements Event {
        public PeersFound {
            peers = List.copyOf(peers);
        }
    }

    /** How it goes. */
    public record Changed(DhtStatus status) implements Event {}

    /** By how much a pause may be shorter, so that torrents added together do not search together for ever. */
    private static final double JITTER = 0.1;

    private final TimerScheduler<Command> timers;
    private final ActorRef<Dht.Command> dht;
    private final InfoHash infoHash;
    private final OptionalInt announce;
    private final DhtConfig config;
    private final RandomGenerator random;
    private final ActorRef<Event> owner;
    private final ActorRef<Dht.SearchReply> replies;
    private DhtStatus status = new DhtStatus(0, 0, 0, 0, Duration.ZERO, Optional.empty());
    private boolean searching;
    private boolean hurried;
    private boolean soonestPassed;
    /** The latest search asked nobody, because there was nobody to ask. */
    private boolean reachedNobody;

    /**
     * A seeker that begins at once.
     *
     * @param announce the port to announce; empty: search only
     */
    public static Behavior<Command> create(
            ActorRef<Dht.Command> dht,
            InfoHash infoHash,
            OptionalInt announce,
            DhtConfig config,
            RandomGenerator random,
            ActorRef<Event> owner) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new Seeker(context, timers, dht, infoHash, announce, config, random, owner)));
    }

    private Seeker(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            ActorRef<Dht.Command> dht,
            InfoHash infoHash,
            OptionalInt announce,
            DhtConfig config,
            RandomGenerator random,
            ActorRef<Event> owner) {
        super(context);
        this.timers = timers;
        this.dht = dht;
        this.infoHash = infoHash;
        this.announce = announce;
        this.config = config;
        this.random = random;
        this.owner = owner;
        this.replies = context.messageAdapter(Dht.SearchReply.class, FromDht::new);
        dht.tell(new Dht.Watch(context.messageAdapter(Dht.Standing.class, Heard::new)));
        search();
    }

    @Override
    public Receive<Command> createReceive() {
        return new Handlers<Command>()
                .onMessage(FromDht.class, this::onFromDht)
                .onMessage(Heard.class, this::onHeard)
                .onMessage(NeedPeers.class, this::onNeedPeers)
                .onMessage(Elapsed.class, this::onElapsed)
                .build();
    }

    private void search() {
        timers.cancelAll();
        searching = true;
        hurried = false;
        soonestPassed = false;
        tell(status.found(), status.announced(), status.searches(), Duration.ZERO);
        // Its end may never come: a bug of the DHT ends its searches.
        timers.startSingleTimer(Elapsed.REGULAR, Elapsed.REGULAR, config.searchInterval());
        dht.tell(new Dht.Search(infoHash, announce, replies));
    }

    private Behavior<Command> onFromDht(FromDht message) {
        if (message.reply() instanceof Dht.PeersFound found) {
            owner.tell(new PeersFound(found.peers()));
        } else if (message.reply() instanceof Dht.SearchEnded ended) {
            onEnded(ended);
        }
        return this;
    }

    private void onEnded(Dht.SearchEnded ended) {
        searching = false;
        reachedNobody = ended.answered() == 0;
        Duration next = jittered(reachedNobody ? config.searchPause() : config.searchInterval());
        timers.startSingleTimer(Elapsed.REGULAR, Elapsed.REGULAR, next);
        timers.startSingleTimer(Elapsed.SOONEST, Elapsed.SOONEST, jittered(config.searchPause()));
        getContext()
                .getLog()
                .debug(
                        "DHT: {} peers from {} nodes, announced to {}",
                        ended.found(),
                        ended.answered(),
                        ended.announced());
        tell(ended.found(), ended.announced(), status.searches() + (reachedNobody ? 0 : 1), next);
    }

    private Duration jittered(Duration pause) {
        return Duration.ofNanos((long) (pause.toNanos() * (1 - JITTER * random.nextDouble())));
    }

    private Behavior<Command> onHeard(Heard message) {
        Dht.Standing standing = message.standing();
        boolean isAwake = status.nodes() == 0 && standing.nodes() > 0;
        status = new DhtStatus(
                standing.nodes(),
                status.searches(),
                status.found(),
                status.announced(),
                status.next(),
                standing.problem());
        if (isAwake && reachedNobody && !searching) {
            search();
        } else {
            owner.tell(new Changed(status));
        }
        return this;
    }

    private Behavior<Command> onNeedPeers(NeedPeers message) {
        hurried = !searching;
        if (hurried && soonestPassed) {
            search();
        }
        return this;
    }

    private Behavior<Command> onElapsed(Elapsed message) {
        soonestPassed = true;
        if (message == Elapsed.REGULAR || hurried) {
            search();
        }
        return this;
    }

    private void tell(int found, int announced, int searches, Duration next) {
        status = new DhtStatus(status.nodes(), searches, found, announced, next, status.problem());
        owner.tell(new Changed(status));
    }
}
