package ahti.net.place;

import ahti.actor.Handlers;
import ahti.net.IpFamily;
import java.net.InetAddress;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Where the world sees an engine, over IPv4 and IPv6: the one home of what peers (BEP 10), trackers (BEP 24) and nodes of the DHT
 * (BEP 42) say of it. Whoever asks hears what most of them agree on, and each time that changes.
 */
public final class Whereabouts extends AbstractBehavior<Whereabouts.Command> {

    /** What it may be told and asked. */
    public sealed interface Command {}

    /** Somebody says that we are there. */
    public record Vote(Voter voter, InetAddress seen) implements Command {}

    /** Tell this one now, and whenever it changes, until it stops. Telling it twice is telling it once. */
    public record Watch(ActorRef<Elected> watcher) implements Command {}

    private record WatcherGone(ActorRef<Elected> watcher) implements Command {}

    /** Most see us there. */
    public record Elected(InetAddress address) {}

    private final Map<IpFamily, ExternalVotes> votes = new EnumMap<>(IpFamily.class);
    private final Map<IpFamily, InetAddress> elected = new EnumMap<>(IpFamily.class);
    private final Set<ActorRef<Elected>> watchers = new LinkedHashSet<>();

    /** Nothing is known yet. */
    public static Behavior<Command> create() {
        Behavior<Command> behavior = Behaviors.setup(Whereabouts::new);
        return Behaviors.supervise(behavior).onFailure(SupervisorStrategy.resume());
    }

    private Whereabouts(ActorContext<Command> context) {
        super(context);
    }

    @Override
    public Receive<Command> createReceive() {
        return new Handlers<Command>()
                .onMessage(Vote.class, this::onVote)
                .onMessage(Watch.class, this::onWatch)
                .onMessage(WatcherGone.class, this::onWatcherGone)
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

    private Behavior<Command> onWatcherGone(WatcherGone message) {
        watchers.remove(message.watcher());
        return this;
    }
}
