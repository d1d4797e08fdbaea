package ahti.tracker;

import ahti.actor.Handlers;
import ahti.net.Datagrams;
import ahti.net.IpFamily;
import ahti.net.PrivateNetworks;
import ahti.net.Resolver;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Carries errands to one tracker over UDP; what to send is {@link UdpExchange}'s to say.
 *
 * <p>The socket is open while an errand is in flight or a connection id is good, no longer.
 */
final class UdpLine extends AbstractBehavior<Line.Command> {

    private record Resolved(Line.Ask ask, Resolver.Reply reply) implements Line.Command {}

    private record FromSocket(Datagrams.Event event) implements Line.Command {}

    private enum TimedOut implements Line.Command {
        INSTANCE
    }

    private enum Expired implements Line.Command {
        INSTANCE
    }

    /** For how long BEP 15 lets a client use a connection id. */
    static final Duration CONNECTION_LIFETIME = Duration.ofSeconds(60);

    /** Addresses of one name that are tried. */
    private static final int MOST_ADDRESSES = 4;

    /**
     * What a line needs of the outside; {@code family}: the only one to use, if there is one; {@code believesAll}: whether a
     * tracker of the Internet may name peers in private networks.
     */
    record Ways(
            Datagrams datagrams,
            Resolver resolver,
            Optional<IpFamily> family,
            UdpExchange.Patience patience,
            int mostPeers,
            boolean believesAll,
            RandomGenerator random) {}

    /** An errand in flight. */
    private record Flight(Line.Ask ask, UdpExchange exchange) {}

    private final TimerScheduler<Line.Command> timers;
    private final Endpoint.Udp tracker;
    private final Ways ways;
    private final ActorRef<Datagrams.Event> receiver;

    private int newest;
    private Optional<Flight> flight = Optional.empty();
    private Optional<UdpExchange.Connection> connection = Optional.empty();
    private Optional<Datagrams.Socket> socket = Optional.empty();

    static Behavior<Line.Command> create(Endpoint.Udp tracker, Ways ways) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> new UdpLine(context, timers, tracker, ways)));
    }

    private UdpLine(
            ActorContext<Line.Command> context, TimerScheduler<Line.Command> timers, Endpoint.Udp tracker, Ways ways) {
        super(context);
        this.timers = timers;
        this.tracker = tracker;
        this.ways = ways;
        this.receiver = context.messageAdapter(Datagrams.Event.class, FromSocket::new);
    }

    @Override
    public Receive<Line.Command> createReceive() {
        return new Handlers<Line.Command>()
                .onMessage(FromSocket.class, this::onFromSocket)
                .onMessage(Line.Ask.class, this::onAsk)
                .onMessage(Resolved.class, this::onResolved)
                .onMessage(TimedOut.class, this::onTimedOut)
                .onMessage(Expired.class, this::onExpired)
                .build();
    }

    private Behavior<Line.Command> onAsk(Line.Ask message) {
        newest = message.errand().number();
        flight = Optional.empty();
        timers.cancel(TimedOut.INSTANCE);
        if (connection.isPresent()) {
            begin(message, List.of(connection.get().tracker()));
        } else {
            getContext()
                    .pipeToSelf(
                            ways.resolver().resolve(tracker.host()),
                            (reply, failure) -> new Resolved(
                                    message,
                                    failure == null ? reply : new Resolver.Unknown("a fault in Ahti: " + failure)));
        }
        return this;
    }

    private Behavior<Line.Command> onResolved(Resolved message) {
        Line.Ask ask = message.ask();
        if (ask.errand().number() != newest) {
            return this;
        }
        if (message.reply() instanceof Resolver.Unknown unknown) {
            ask.replyTo().tell(new Line.Answered(newest, new Outcome.Failure(unknown.reason())));
            return this;
        }
        List<InetSocketAddress> targets = targets((Resolver.Found) message.reply());
        if (targets.isEmpty()) {
            ask.replyTo().tell(new Line.Answered(newest, new Outcome.Failure("no address of that family")));
        } else {
            begin(ask, targets);
        }
        return this;
    }

    private List<InetSocketAddress> targets(Resolver.Found found) {
        return found.addresses().stream()
                .filter(address ->
                        ways.family().map(IpFamily.of(address)::equals).orElse(true))
                .limit(MOST_ADDRESSES)
                .map(address -> new InetSocketAddress(address, tracker.port()))
                .toList();
    }

    private void begin(Line.Ask ask, List<InetSocketAddress> targets) {
        UdpExchange exchange = new UdpExchange(
                ask.errand(), tracker.urlData(), targets, connection, ways.patience(), ways.mostPeers(), ways.random());
        Flight begun = new Flight(ask, exchange);
        flight = Optional.of(begun);
        take(begun, exchange.begin());
    }

    private Behavior<Line.Command> onFromSocket(FromSocket message) {
        if (message.event() instanceof Datagrams.Received received) {
            flight.ifPresent(flying -> take(flying, flying.exchange().heard(received.from(), received.payload())));
            socket.ifPresent(Datagrams.Socket::taken);
        } else if (message.event() instanceof Datagrams.Failed failed) {
            connection = Optional.empty();
            closeSocket();
            flight.ifPresent(flying -> finish(flying, new Outcome.Failure(failed.reason())));
        }
        return this;
    }

    private Behavior<Line.Command> onTimedOut(TimedOut message) {
        flight.ifPresent(flying -> take(flying, flying.exchange().timedOut()));
        return this;
    }

    private Behavior<Line.Command> onExpired(Expired message) {
        connection = Optional.empty();
        flight.ifPresentOrElse(flying -> flying.exchange().expire(), this::closeSocket);
        return this;
    }

    private void take(Flight flying, UdpExchange.Step step) {
        remember(flying.exchange().connection());
        if (step instanceof UdpExchange.Send send) {
            timers.startSingleTimer(TimedOut.INSTANCE, TimedOut.INSTANCE, send.patience());
            openSocket().send(send.to(), send.payload());
        } else if (step instanceof UdpExchange.Finished finished) {
            finish(flying, finished.outcome());
        }
    }

    private void remember(Optional<UdpExchange.Connection> current) {
        if (!current.equals(connection)) {
            connection = current;
            timers.cancel(Expired.INSTANCE);
            if (current.isPresent()) {
                timers.startSingleTimer(Expired.INSTANCE, Expired.INSTANCE, CONNECTION_LIFETIME);
            }
        }
    }

    private void finish(Flight flying, Outcome outcome) {
        timers.cancel(TimedOut.INSTANCE);
        flight = Optional.empty();
        if (connection.isEmpty()) {
            closeSocket();
        }
        boolean ofInternet = connection
                .filter(known -> !PrivateNetworks.contain(known.tracker().getAddress()))
                .isPresent();
        flying.ask().replyTo().tell(new Line.Answered(newest, outcome.believable(ofInternet && !ways.believesAll())));
    }

    private Datagrams.Socket openSocket() {
        if (socket.isEmpty()) {
            socket = Optional.of(ways.datagrams().open(new InetSocketAddress(0), receiver));
        }
        return socket.get();
    }

    private void closeSocket() {
        socket.ifPresent(Datagrams.Socket::close);
        socket = Optional.empty();
    }
}
