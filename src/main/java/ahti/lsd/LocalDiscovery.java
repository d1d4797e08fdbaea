package ahti.lsd;

import ahti.actor.Handlers;
import ahti.config.DiscoveryConfig;
import ahti.core.InfoHash;
import ahti.core.MonotonicClock;
import ahti.net.Datagrams;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Tells the networks around which torrents are here, and torrents who else is (BEP 14). Over IPv4 and IPv6, as far as this
 * machine speaks to a group there; what cannot be opened is tried again with the next announce, and complained of once.
 *
 * <p>Sockets are open only while there are torrents. One timer runs, for the next announce. Which torrents are private is
 * known to whoever lets them join.
 */
public final class LocalDiscovery extends AbstractBehavior<LocalDiscovery.Command> {

    /** What may be asked of it. */
    public sealed interface Command {}

    /** Announce this torrent, and tell of others that do, until {@link Leave} or the end of the owner. */
    public record Join(InfoHash infoHash, ActorRef<Event> owner) implements Command {}

    /** Be silent about this torrent again. Nothing happens when somebody else let it join meanwhile. */
    public record Leave(InfoHash infoHash, ActorRef<Event> owner) implements Command {}

    private record Heard(Group group, Datagrams.Event event) implements Command {}

    private enum Due implements Command {
        INSTANCE
    }

    /** What an owner is told. */
    public sealed interface Event {}

    /** Somebody near shares this torrent, too. */
    public record PeerHeard(InetSocketAddress peer) implements Event {}

    /** An open socket, and who hears for it: when the latter stops, the former closes. */
    private record Line(ActorRef<Datagrams.Event> ear, Datagrams.Socket socket) {}

    private record Member(ActorRef<Event> owner, Ears.Share share) {}

    private static final int COOKIE_DIGITS = 8;

    private final TimerScheduler<Command> timers;
    private final MonotonicClock clock;
    private final Datagrams datagrams;
    private final int port;
    private final String cookie;
    private final Agenda agenda;
    private final Ears ears;
    private final Map<InfoHash, Member> members = new LinkedHashMap<>();
    /** Addresses of this machine when the sockets were opened. */
    private List<InetAddress> ours = List.of();

    private final Map<Group, Line> lines = new EnumMap<>(Group.class);
    private final Set<Group> complaints = EnumSet.noneOf(Group.class);

    /**
     * For one engine.
     *
     * @param random makes the cookie that we know ourselves by
     * @param port where peers reach us
     */
    public static Behavior<Command> create(
            DiscoveryConfig config, MonotonicClock clock, RandomGenerator random, Datagrams datagrams, int port) {
        String cookie = HexFormat.of().toHexDigits(random.nextLong(), COOKIE_DIGITS);
        Behavior<Command> behavior = Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new LocalDiscovery(context, timers, config, clock, datagrams, port, cookie)));
        // A bug costs what it was busy with, and no torrent its place.
        return Behaviors.supervise(behavior).onFailure(SupervisorStrategy.resume());
    }

    private LocalDiscovery(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            DiscoveryConfig config,
            MonotonicClock clock,
            Datagrams datagrams,
            int port,
            String cookie) {
        super(context);
        // Pekko guesses, and wrongly so when it is a timer that comes first.
        context.setLoggerName(LocalDiscovery.class);
        this.timers = timers;
        this.clock = clock;
        this.datagrams = datagrams;
        this.port = port;
        this.cookie = cookie;
        this.agenda = new Agenda(config.lpdInterval(), config.lpdPause());
        this.ears = new Ears(config.lpdHeardPerSecond(), config.lpdPeers(), config.lpdInterval(), clock.nanos());
    }

    @Override
    public Receive<Command> createReceive() {
        return new Handlers<Command>()
                .onMessage(Heard.class, this::onHeard)
                .onMessage(Join.class, this::onJoin)
                .onMessage(Leave.class, this::onLeave)
                .onMessage(Due.class, this::onDue)
                .build();
    }

    private Behavior<Command> onJoin(Join message) {
        Member before = members.put(message.infoHash(), new Member(message.owner(), new Ears.Share(clock.nanos())));
        if (before != null) {
            getContext().unwatch(before.owner());
        }
        getContext().watchWith(message.owner(), new Leave(message.infoHash(), message.owner()));
        agenda.add(message.infoHash(), clock.nanos());
        openSockets();
        awaitNext();
        return this;
    }

    private Behavior<Command> onLeave(Leave message) {
        Member member = members.get(message.infoHash());
        if (member == null || !member.owner().equals(message.owner())) {
            return this;
        }
        getContext().unwatch(message.owner());
        members.remove(message.infoHash());
        agenda.remove(message.infoHash());
        if (members.isEmpty()) {
            List.of(Group.values()).forEach(this::close);
        }
        awaitNext();
        return this;
    }

    private void openSockets() {
        ours = datagrams.addresses();
        for (Group group : Group.values()) {
            lines.computeIfAbsent(group, this::open);
        }
    }

    private Line open(Group group) {
        ActorRef<Command> self = getContext().getSelf();
        ActorRef<Datagrams.Event> ear = getContext().spawnAnonymous(Behaviors.receiveMessage(event -> {
            self.tell(new Heard(group, event));
            return Behaviors.same();
        }));
        return new Line(ear, datagrams.join(group.address(), ear));
    }

    private void close(Group group) {
        Line line = lines.remove(group);
        if (line != null) {
            getContext().stop(line.ear());
        }
    }

    private void awaitNext() {
        timers.cancel(Due.INSTANCE);
        agenda.next(clock.nanos())
                .ifPresent(nanos -> timers.startSingleTimer(Due.INSTANCE, Due.INSTANCE, Duration.ofNanos(nanos)));
    }

    private Behavior<Command> onDue(Due message) {
        Search search = new Search(port, agenda.take(Search.MOST_HASHES, clock.nanos()), cookie);
        awaitNext();
        if (!datagrams.addresses().equals(ours)) {
            // What is open speaks from where we are no more.
            List.of(Group.values()).forEach(this::close);
        }
        openSockets();
        getContext()
                .getLog()
                .debug(
                        "local discovery: announcing {} torrents",
                        search.infoHashes().size());
        lines.forEach((group, line) -> line.socket().send(group.address(), search.write(group)));
        return this;
    }

    private Behavior<Command> onHeard(Heard message) {
        if (message.event() instanceof Datagrams.Received received) {
            if (ears.mayRead(clock.nanos())) {
                Search.read(received.payload())
                        .filter(search -> !search.cookie().equals(cookie))
                        .ifPresent(search -> pass(search, received.from()));
            }
            Optional.ofNullable(lines.get(message.group()))
                    .ifPresent(line -> line.socket().taken());
        } else if (message.event() instanceof Datagrams.Failed failed) {
            close(message.group());
            if (complaints.add(message.group())) {
                getContext().getLog().info("no local discovery over {}: {}", message.group(), failed.reason());
            }
        }
        return this;
    }

    /** Peers of torrents that are none of ours are forgotten at once. */
    private void pass(Search search, InetSocketAddress from) {
        InetSocketAddress peer = new InetSocketAddress(from.getAddress(), search.port());
        for (InfoHash infoHash : search.infoHashes()) {
            Member member = members.get(infoHash);
            if (member != null && ears.mayHear(member.share(), clock.nanos())) {
                getContext().getLog().debug("local discovery: {} shares {}", peer, infoHash);
                member.owner().tell(new PeerHeard(peer));
            }
        }
    }
}
