package ahti.tracker;

import ahti.actor.Handlers;
import ahti.core.Secrets;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * Keeps one torrent known: owns the tiers (BEP 12) and one {@code Tracker} actor per URL, and lets one at a time announce, or
 * one of each tier, or all ({@link AnnouncerSettings#announceTo}).
 *
 * <p>Announces at once, and then as the current tracker wishes; when it fails, the next one is asked without delay. Only
 * {@code completed} and {@code stopped} go to all trackers that know us, because what they know is theirs.
 */
public final class Announcer extends AbstractBehavior<Announcer.Command> {

    /** What a torrent may tell its announcer. */
    public sealed interface Command {}

    /** How far the torrent is: used in every announce from now on. */
    public record Progress(Tally tally) implements Command {}

    /** The download has just become complete: tell every tracker that knows us. Never sent when complete at the start. */
    public record Completed(Tally tally) implements Command {}

    /** Announce now if the tracker's min interval allows it, otherwise as soon as it does: we need peers. */
    public enum NeedPeers implements Command {
        INSTANCE
    }

    /** The network was gone and is there again: as {@link NeedPeers}, and whoever failed meanwhile is asked at once. */
    public enum NetworkIsBack implements Command {
        INSTANCE
    }

    /** Our address is another: whoever knows the old one is told within a minute, whatever interval it asked for. */
    public enum Moved implements Command {
        INSTANCE
    }

    /** Say goodbye to every tracker that knows us, then stop; answered when done, or at the cap of the configuration. */
    public record Stop(Tally tally, ActorRef<Stopped> replyTo) implements Command {}

    /** News of a tracker. */
    record FromTracker(Tracker.Event event) implements Command {}

    /** A tracker's actor stopped: a bug of ours. */
    record Broke(String url) implements Command {}

    /** A tracker whose actor broke may be tried again. */
    private record Mended(String url) implements Command {}

    /** Goodbyes have taken long enough. */
    enum Capped implements Command {
        INSTANCE
    }

    /** Bytes so far; {@code left} counts what is wanted and not stored. */
    public record Tally(long uploaded, long downloaded, long left) {}

    /** What an announcer tells the torrent. */
    public sealed interface Event {}

    /** A tracker answered with peers: candidates, unfiltered but for port 0. */
    public record PeersFound(String url, List<InetSocketAddress> peers) implements Event {}

    /**
     * A tracker is well.
     *
     * @param next until the next regular announce
     */
    public record Announced(
            String url, Duration next, OptionalInt seeders, OptionalInt leechers, Optional<String> warning)
            implements Event {}

    /**
     * A tracker is not well. Text from it is cleaned already.
     *
     * @param retryIn until it is tried again
     */
    public record Failing(String url, String reason, Duration retryIn) implements Event {}

    /** A tracker says what our address looks like from there (BEP 24): one vote. The port is the one we announce. */
    public record SeenAs(String url, InetSocketAddress address) implements Event {}

    /** All goodbyes are said, or the cap has passed. */
    public enum Stopped {
        INSTANCE
    }

    private final TimerScheduler<Command> timers;
    private final AnnouncerSettings settings;
    private final RandomGenerator random;
    private final ActorRef<Event> owner;
    private final ActorRef<Tracker.Event> news;
    private final Map<String, Endpoint> endpoints;
    private final List<Tiers> groups;
    private final Map<String, ActorRef<Tracker.Command>> trackers = new LinkedHashMap<>();

    private Tally tally;
    private int spawned;

    /**
     * Announces the torrent from now on.
     *
     * @param random used by this actor alone; unpredictable, for it makes transaction ids (BEP 15)
     * @param owner hears every {@link Event}
     */
    public static Behavior<Command> create(AnnouncerSettings settings, RandomGenerator random, ActorRef<Event> owner) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new Announcer(context, timers, settings, random, owner)));
    }

    private Announcer(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            AnnouncerSettings settings,
            RandomGenerator random,
            ActorRef<Event> owner) {
        super(context);
        this.timers = timers;
        this.settings = settings;
        this.random = random;
        this.owner = owner;
        this.news = context.messageAdapter(Tracker.Event.class, FromTracker::new);
        this.tally = settings.start();
        TierList list = TierList.of(settings.tiers(), settings.ways().limits().trackers());
        this.endpoints = list.endpoints();
        this.groups = Tiers.groups(
                list.tiers(), settings.announceTo(), settings.ways().config().announceMost(), random);
        list.unsupported()
                .forEach((url, reason) -> owner.tell(
                        new Failing(url, reason, settings.ways().config().intervalMax())));
        askNext();
    }

    @Override
    public Receive<Command> createReceive() {
        return new Handlers<Command>()
                .onMessage(Progress.class, this::onProgress)
                .onMessage(FromTracker.class, this::onFromTracker)
                .onMessage(NeedPeers.class, this::onNeedPeers)
                .onMessage(NetworkIsBack.class, this::onNetworkIsBack)
                .onMessage(Moved.class, this::onMoved)
                .onMessage(Completed.class, this::onCompleted)
                .onMessage(Broke.class, this::onBroke)
                .onMessage(Mended.class, this::onMended)
                .onMessage(Stop.class, this::onStop)
                .build();
    }

    private Behavior<Command> onProgress(Progress message) {
        tally = message.tally();
        return this;
    }

    private Behavior<Command> onNeedPeers(NeedPeers message) {
        for (Tiers tiers : groups) {
            List<String> urls = tiers.current().map(List::of).orElseGet(tiers::order);
            urls.stream()
                    .map(trackers::get)
                    .filter(Objects::nonNull)
                    .forEach(tracker -> tracker.tell(Tracker.Hurry.INSTANCE));
        }
        return this;
    }

    private Behavior<Command> onNetworkIsBack(NetworkIsBack message) {
        trackers.values().forEach(tracker -> tracker.tell(Tracker.Forgive.INSTANCE));
        return onNeedPeers(NeedPeers.INSTANCE);
    }

    private Behavior<Command> onMoved(Moved message) {
        trackers.values().forEach(tracker -> tracker.tell(Tracker.Moved.INSTANCE));
        return this;
    }

    private Behavior<Command> onCompleted(Completed message) {
        tally = message.tally();
        trackers.values().forEach(tracker -> tracker.tell(new Tracker.Complete(tally)));
        return this;
    }

    private Behavior<Command> onStop(Stop message) {
        timers.cancelAll();
        return Farewell.begin(getContext(), timers, settings.ways().config().stopCap(), trackers, message);
    }

    private Behavior<Command> onFromTracker(FromTracker message) {
        Tracker.Event event = message.event();
        if (event instanceof Tracker.Answered answered) {
            group(event.url()).succeeded(event.url());
            report(answered);
        } else if (event instanceof Tracker.Failed failed) {
            group(event.url()).failed(event.url());
            owner.tell(new Failing(event.url(), failed.reason(), failed.retryIn()));
        } else if (event instanceof Tracker.AlsoHeard also) {
            passOn(event.url(), also.answer());
            return this;
        } else if (event instanceof Tracker.Due) {
            group(event.url()).ready(event.url());
        }
        askNext();
        return this;
    }

    private Behavior<Command> onBroke(Broke message) {
        Duration pause = settings.ways().config().retryPauseMax();
        trackers.remove(message.url());
        group(message.url()).failed(message.url());
        timers.startSingleTimer(message.url(), new Mended(message.url()), pause);
        owner.tell(new Failing(message.url(), "a fault in Ahti, see the log", pause));
        askNext();
        return this;
    }

    private Behavior<Command> onMended(Mended message) {
        group(message.url()).ready(message.url());
        askNext();
        return this;
    }

    private void report(Tracker.Answered answered) {
        Outcome.Answer answer = answered.answer();
        String url = answered.url();
        owner.tell(new Announced(url, answered.next(), answer.seeders(), answer.leechers(), answer.warning()));
        passOn(url, answer);
    }

    private void passOn(String url, Outcome.Answer answer) {
        if (!answer.peers().isEmpty()) {
            owner.tell(new PeersFound(url, answer.peers()));
        }
        answer.seenAs().ifPresent(ip -> owner.tell(new SeenAs(url, new InetSocketAddress(ip, settings.port()))));
    }

    private void askNext() {
        for (Tiers tiers : groups) {
            tiers.next().ifPresent(url -> tracker(url).tell(new Tracker.Announce(tally)));
        }
    }

    private Tiers group(String url) {
        return groups.stream()
                .filter(tiers -> tiers.has(url))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no such tracker: " + url));
    }

    private ActorRef<Tracker.Command> tracker(String url) {
        ActorRef<Tracker.Command> known = trackers.get(url);
        if (known != null) {
            return known;
        }
        Endpoint endpoint = endpoints.get(url);
        if (endpoint == null) {
            throw new IllegalStateException("no such tracker: " + url);
        }
        // A generator of its own: the child runs on another thread.
        RandomGenerator own = Secrets.childOf(random);
        ActorRef<Tracker.Command> tracker =
                getContext().spawn(Tracker.create(url, endpoint, settings, own, news), "tracker-" + ++spawned);
        getContext().watchWith(tracker, new Broke(url));
        trackers.put(url, tracker);
        return tracker;
    }
}
