package ahti.dht;

import ahti.actor.Handlers;
import ahti.config.DhtConfig;
import ahti.config.HostAndPort;
import ahti.dht.Dht.Command;
import ahti.dht.krpc.Family;
import ahti.dht.krpc.NodeId;
import ahti.dht.node.DhtNode;
import ahti.net.Resolver;
import ahti.net.place.Whereabouts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * The nodes are there: passes on what is asked of them, has them join the others, again and again while they find nobody, and
 * collects what is worth keeping.
 */
final class Running extends AbstractBehavior<Command> {
    /** For the nodes' last words; they are in memory. */
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final TimerScheduler<Command> timers;
    private final DhtSettings settings;
    private final DhtConfig config;
    private final ActorRef<Dht.Event> owner;
    private final Nodes nodes;
    private final Map<Family, Integer> known = new EnumMap<>(Family.class);
    private final Map<Family, String> broken = new EnumMap<>(Family.class);
    private final Set<Family> lonely = EnumSet.noneOf(Family.class);
    private final Set<Family> awaited = EnumSet.noneOf(Family.class);
    private final Set<InetSocketAddress> doors = new LinkedHashSet<>();
    private final Memory memory;
    private final Searches searches = new Searches();
    private Dht.Standing standing = new Dht.Standing(0, Optional.empty());
    private int resolving;
    private int attempts;
    private boolean stopping;

    Running(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            DhtSettings settings,
            Memory memory,
            ActorRef<Dht.Event> owner) {
        super(context);
        this.timers = timers;
        this.settings = settings;
        this.config = settings.config();
        this.memory = memory;
        this.owner = owner;
        ActorRef<DhtNode.Event> told = context.messageAdapter(DhtNode.Event.class, Dht.NodeTold::new);
        this.nodes = new Nodes(context, settings, told, family -> kept().external(family));
        settleDown();
        timers.startTimerWithFixedDelay(Dht.SaveNow.INSTANCE, Dht.SaveNow.INSTANCE, config.saveInterval());
        memory.watchers.forEach(this::notice);
        settings.whereabouts()
                .tell(new Whereabouts.Watch(context.messageAdapter(Whereabouts.Notice.class, Dht.Located::new)));
        resolveDoors();
    }

    /** There is a node where this machine has an address, and none where it had one; false when no other came. */
    private boolean settleDown() {
        for (Family gone : nodes.dismiss()) {
            known.remove(gone);
            broken.remove(gone);
            lonely.remove(gone);
            awaited.remove(gone);
            // What was asked of all nodes ends; torrents ask again.
            searches.end().forEach(ticket -> nodes.tell(new DhtNode.Cancel(ticket)));
        }
        Set<Family> come = nodes.hire();
        come.forEach(family -> known.put(family, 0));
        tellStanding();
        return !come.isEmpty();
    }

    @Override
    public Receive<Command> createReceive() {
        return new Handlers<Command>()
                .onMessage(Dht.NodeTold.class, this::onNodeTold)
                .onMessage(Dht.Search.class, this::onSearch)
                .onMessage(Dht.Introduce.class, this::onIntroduce)
                .onMessage(Dht.IntroduceHosts.class, this::onIntroduceHosts)
                .onMessage(Dht.Resolved.class, this::onResolved)
                .onMessage(Dht.JoinAgain.class, this::onJoinAgain)
                .onMessage(Dht.Located.class, this::onLocated)
                .onMessage(Dht.Watch.class, this::onWatch)
                .onMessage(Dht.SomebodyGone.class, this::onSomebodyGone)
                .onMessage(Dht.SaveNow.class, this::onSaveNow)
                .onMessage(Dht.Stop.class, this::onStop)
                .onMessage(Dht.StopOverdue.class, this::onStopOverdue)
                .onMessage(Dht.Recall.class, message -> this)
                .build();
    }

    // ---- joining ----

    private void resolveDoors() {
        resolving = config.bootstrap().size();
        config.bootstrap().forEach(host -> resolve(host, true));
        if (resolving == 0) {
            join();
        }
    }

    private void resolve(HostAndPort host, boolean isDoor) {
        getContext()
                .pipeToSelf(
                        settings.resolver().resolve(host.host()),
                        (reply, failure) -> new Dht.Resolved(
                                host,
                                failure == null ? reply : new Resolver.Unknown("a fault in Ahti: " + failure),
                                isDoor));
    }

    private Behavior<Command> onResolved(Dht.Resolved message) {
        List<InetSocketAddress> addresses = message.reply() instanceof Resolver.Found found
                ? found.addresses().stream()
                        .map(address ->
                                new InetSocketAddress(address, message.host().port()))
                        .toList()
                : List.of();
        if (!message.isDoor()) {
            introduce(addresses);
            return this;
        }
        doors.addAll(addresses);
        resolving--;
        if (resolving == 0) {
            join();
        }
        return this;
    }

    private void join() {
        nodes.all().forEach((family, node) -> {
            if (known.getOrDefault(family, 0) == 0) {
                List<InetSocketAddress> ours =
                        doors.stream().filter(door -> Family.of(door) == family).toList();
                node.tell(new DhtNode.Join(kept().nodes(family), ours));
            }
        });
    }

    private Behavior<Command> onJoinAgain(Dht.JoinAgain message) {
        resolveDoors();
        return this;
    }

    /** Whoever knows nobody need not wait when our network is another; nor can who was at an address that is gone. */
    private Behavior<Command> onLocated(Dht.Located message) {
        if (message.notice() instanceof Whereabouts.Rerouted
                && !stopping
                && (settleDown() || !lonely.isEmpty())
                && resolving == 0) {
            attempts = 0;
            timers.cancel(Dht.JoinAgain.INSTANCE);
            resolveDoors();
        }
        return this;
    }

    private void joinLater() {
        if (!timers.isTimerActive(Dht.JoinAgain.INSTANCE) && !stopping) {
            Duration pause = config.joinPause().multipliedBy(1L << Math.min(attempts, 16));
            attempts++;
            timers.startSingleTimer(
                    Dht.JoinAgain.INSTANCE,
                    Dht.JoinAgain.INSTANCE,
                    pause.compareTo(config.joinPauseMax()) < 0 ? pause : config.joinPauseMax());
        }
    }

    // ---- what nodes tell ----

    private Behavior<Command> onNodeTold(Dht.NodeTold message) {
        DhtNode.Event event = message.event();
        if (isOfDismissed(event)) {
            return this;
        }
        if (event instanceof DhtNode.Found found) {
            searches.found(found);
        } else if (event instanceof DhtNode.Ended ended) {
            searches.ended(ended);
        } else if (event instanceof DhtNode.Joined joined) {
            knows(joined.family(), joined.nodes());
        } else if (event instanceof DhtNode.Census census) {
            boolean isFirst = known.getOrDefault(census.family(), 0) == 0 && census.nodes() > 0;
            knows(census.family(), census.nodes());
            ActorRef<DhtNode.Command> node = nodes.all().get(census.family());
            if (isFirst && node != null) {
                // Somebody was introduced: through him there are others.
                node.tell(new DhtNode.Join(List.of(), List.of()));
            }
        } else if (event instanceof DhtNode.Opened opened) {
            getContext().getLog().info("the DHT listens on {}", opened.local());
        } else if (event instanceof DhtNode.Unusable unusable) {
            getContext().getLog().warn("no DHT: {}", unusable.reason());
            broken.put(unusable.family(), unusable.reason());
            known.put(unusable.family(), 0);
            tellStanding();
        } else {
            return kept((DhtNode.Kept) event);
        }
        return this;
    }

    private boolean isOfDismissed(DhtNode.Event event) {
        return (event instanceof DhtNode.Joined joined && !nodes.all().containsKey(joined.family()))
                || (event instanceof DhtNode.Census census && !nodes.all().containsKey(census.family()))
                || (event instanceof DhtNode.Unusable unusable && !nodes.all().containsKey(unusable.family()));
    }

    private void knows(Family family, int count) {
        known.put(family, count);
        if (count == 0) {
            lonely.add(family);
            joinLater();
        } else {
            lonely.remove(family);
            attempts = 0;
        }
        tellStanding();
    }

    private void tellStanding() {
        int count = known.values().stream().mapToInt(Integer::intValue).sum();
        Optional<String> problem = Optional.empty();
        if (count == 0 && broken.size() == nodes.all().size()) {
            problem = Optional.of(broken.values().stream().findFirst().orElse("no address for the DHT"));
        } else if (count == 0 && lonely.size() + broken.size() == nodes.all().size()) {
            problem = Optional.of("no DHT node answers");
        }
        Dht.Standing now = new Dht.Standing(count, problem);
        if (!now.equals(standing)) {
            standing = now;
            memory.watchers.forEach(watcher -> watcher.tell(now));
        }
    }

    private Behavior<Command> onWatch(Dht.Watch message) {
        memory.watchers.add(message.subscriber());
        notice(message.subscriber());
        message.subscriber().tell(standing);
        return this;
    }

    /** Whoever asks and watches may be one, and is noticed once: all adapters of an actor are the same to others. */
    private void notice(ActorRef<?> who) {
        ActorRef<Void> anybody = who.unsafeUpcast();
        getContext().watchWith(anybody, new Dht.SomebodyGone(anybody));
    }

    private Behavior<Command> onSomebodyGone(Dht.SomebodyGone message) {
        memory.watchers.remove(message.who().<Dht.Standing>unsafeUpcast());
        for (long ticket : searches.abandon(message.who().unsafeUpcast())) {
            nodes.tell(new DhtNode.Cancel(ticket));
        }
        return this;
    }

    // ---- what is asked of nodes ----

    private Behavior<Command> onSearch(Dht.Search message) {
        if (nodes.all().isEmpty() || stopping) {
            message.replyTo().tell(new Dht.SearchEnded(0, 0, 0, 0));
            return this;
        }
        notice(message.replyTo());
        long ticket = searches.begin(message.replyTo(), nodes.all().size());
        NodeId place = NodeId.of(message.infoHash());
        nodes.tell(new DhtNode.Seek(ticket, place, message.announce()));
        return this;
    }

    private Behavior<Command> onIntroduce(Dht.Introduce message) {
        introduce(message.addresses());
        return this;
    }

    private Behavior<Command> onIntroduceHosts(Dht.IntroduceHosts message) {
        message.hosts().stream().limit(config.introductionsPerMinute()).forEach(host -> resolve(host, false));
        return this;
    }

    private void introduce(List<InetSocketAddress> addresses) {
        nodes.all().forEach((family, node) -> {
            List<InetSocketAddress> ours = addresses.stream()
                    .filter(address -> Family.of(address) == family)
                    .toList();
            if (!ours.isEmpty()) {
                node.tell(new DhtNode.Introduce(ours));
            }
        });
    }

    // ---- what is kept ----

    private Snapshot kept() {
        return memory.kept.orElseGet(Snapshot::empty);
    }

    private Behavior<Command> onSaveNow(Dht.SaveNow message) {
        askForKept();
        return this;
    }

    private void askForKept() {
        awaited.addAll(nodes.all().keySet());
        nodes.tell(DhtNode.Keep.INSTANCE);
    }

    /** A node that knows nobody has nothing better than what an earlier run knew. */
    private Behavior<Command> kept(DhtNode.Kept event) {
        if (!event.nodes().isEmpty()) {
            Optional<InetAddress> external = event.external().or(() -> kept().external(event.family()));
            memory.kept = Optional.of(kept().with(event.family(), event.nodes(), external));
        }
        awaited.remove(event.family());
        if (awaited.isEmpty()) {
            owner.tell(new Dht.Keep(kept()));
            return stopping ? Behaviors.stopped() : this;
        }
        return this;
    }

    private Behavior<Command> onStop(Dht.Stop message) {
        stopping = true;
        timers.cancelAll();
        timers.startSingleTimer(Dht.StopOverdue.INSTANCE, Dht.StopOverdue.INSTANCE, GOODBYE);
        askForKept();
        return nodes.all().isEmpty() ? Behaviors.stopped() : this;
    }

    private Behavior<Command> onStopOverdue(Dht.StopOverdue message) {
        return Behaviors.stopped();
    }
}
