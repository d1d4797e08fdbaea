package ahti.net.place;

import ahti.actor.Handlers;
import ahti.net.IpFamily;
import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Where an engine is. Where the world sees it, over IPv4 and IPv6: the one home of what peers (BEP 10), trackers (BEP 24) and nodes
 * of the DHT (BEP 42) say of it. And at which addresses its machine is. Whoever asks hears what most of them agree on, and each
 * time that something changes.
 */
public final class Whereabouts extends AbstractBehavior<Whereabouts.Command> {

    /** What it may be told and asked. */
    public sealed interface Command {}

    /** Somebody says that we are there. */
    public record Vote(Voter voter, InetAddress seen) implements Command {}

    /** Tell this one now, and whenever it changes, until it stops. Telling it twice is telling it once. */
    public record Watch(ActorRef<Notice> watcher) implements Command {}

    private record WatcherGone(ActorRef<Notice> watcher) implements Command {}

    /** Look at the addresses of the machine. */
    enum Look implements Command {
        INSTANCE
    }

    /** What a watcher is told. */
    public sealed interface Notice {}

    /** Most see us there. */
    public record Elected(InetAddress address) implements Notice {}

    /** The machine has other addresses than before: it was moved, or its network came or went. {@code went}: some are gone. */
    public record Rerouted(boolean went) implements Notice {}

    private final Map<IpFamily, ExternalVotes> votes = new EnumMap<>(IpFamily.class);
    private final Map<IpFamily, InetAddress> elected = new EnumMap<>(IpFamily.class);
    private final Set<ActorRef<Notice>> watchers = new LinkedHashSet<>();
    private final Supplier<List<InetAddress>> machine;
    private Set<InetAddress> ours;

    /** Nothing is known yet. {@code machine}: its addresses now, which are looked at that often. */
    public static Behavior<Command> create(Supplier<List<InetAddress>> machine, Duration interval) {
        Behavior<Command> behavior = Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(Look.INSTANCE, interval);
            return new Whereabouts(context, machine);
        }));
        return Behaviors.supervise(behavior).onFailure(SupervisorStrategy.resume());
    }

    private Whereabouts(ActorContext<Command> context, Supplier<List<InetAddress>> machine) {
        super(context);
        this.machine = machine;
        this.ours = addresses();
    }

    /** Those that lead somewhere else. */
    private Set<InetAddress> addresses() {
        return machine.get().stream()
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Override
    public Receive<Command> createReceive() {
        return new Handlers<Command>()
                .onMessage(Vote.class, this::onVote)
                .onMessage(Watch.class, this::onWatch)
                .onMessage(WatcherGone.class, this::onWatcherGone)
                .onMessage(Look.class, this::onLook)
                .build();
    }

    private Behavior<Command> onVote(Vote message) {
        IpFamily family = IpFamily.of(message.seen());
        ExternalVotes ofFamily = votes.computeIfAbsent(family, any -> new ExternalVotes());
        ofFamily.vote(message.voter(), message.seen());
        Optional<InetAddress> winner = ofFamily.elected();
        if (winner.isPresent() && !winner.get().equals(elected.put(family, winner.get()))) {
            getContext().getLog().info("others see us at {}", winner.get().getHostAddress());
            watchers.forEach(watcher -> watcher.tell(new Elected(winner.get())));
        }
        return this;
    }

    private Behavior<Command> onWatch(Watch message) {
        if (watchers.add(message.watcher())) {
            getContext().watchWith(message.watcher(), new WatcherGone(message.watcher()));
        }
        elected.values().forEach(address -> message.watcher().tell(new Elected(address)));
        return this;
    }

    private Behavior<Command> onLook(Look message) {
        Set<InetAddress> now = addresses();
        if (!now.equals(ours)) {
            boolean went = !now.containsAll(ours);
            ours = now;
            getContext().getLog().info("the addresses of this machine have changed");
            watchers.forEach(watcher -> watcher.tell(new Rerouted(went)));
        }
        return this;
    }

    private Behavior<Command> onWatcherGone(WatcherGone message) {
        watchers.remove(message.watcher());
        return this;
    }
}
