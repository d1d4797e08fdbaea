package ahti.limit;

import ahti.actor.Handlers;
import ahti.core.InfoHash;
import ahti.core.MonotonicClock;
import ahti.core.RateLimits;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Keeps the traffic of an engine, and of each torrent within it, at the rates that its user allows, and what is ready to be sent
 * within the memory that there is for it.
 *
 * <p>Whoever moves payload joins, is told whether that is limited ({@link Terms}), and keeps an {@link Account}. While it is,
 * it says what it moved ({@link Moved}), and is paid its share at the next round ({@link Paid}). Rounds are held only while
 * somebody waits for one. Whoever has a peer to send blocks to says so ({@link Serve}), and hears how many bytes of them it may
 * have ready ({@link Stock}): an equal part.
 */
public final class Allotter extends AbstractBehavior<Allotter.Command> {

    /** What an allotter may be told. */
    public sealed interface Command {}

    /** Limits everything together, from now on. */
    public record Limit(RateLimits limits) implements Command {
        public Limit {
            Objects.requireNonNull(limits, "limits");
        }
    }

    /** Limits one torrent, from now on, within what all may have; also one that has no members yet. */
    public record LimitTorrent(InfoHash torrent, RateLimits limits) implements Command {
        public LimitTorrent {
            Objects.requireNonNull(torrent, "torrent");
            Objects.requireNonNull(limits, "limits");
        }
    }

    /** A torrent is gone for good; so is its limit. */
    public record ForgetTorrent(InfoHash torrent) implements Command {}

    /** Take part in the traffic of a torrent. Leaves with its end; nothing is told it while it is not limited. */
    public record Join(InfoHash torrent, ActorRef<Notice> member) implements Command {}

    /** A member moved bytes: what {@link Account#unsaid} says of both directions. */
    public record Moved(ActorRef<Notice> member, long down, long up) implements Command {}

    /** A member begins to send blocks, or sends no more; while it does, it hears its {@link Stock}. */
    public record Serve(ActorRef<Notice> member, boolean serves) implements Command {}

    private record Left(ActorRef<Notice> member) implements Command {}

    private enum Round implements Command {
        INSTANCE
    }

    /** What a member is told. */
    public sealed interface Notice {
        /** Which of its accounts is meant. */
        Flow flow();
    }

    /** Whether that direction is limited from now on. It owes nothing so far. */
    public record Terms(Flow flow, boolean limited) implements Notice {}

    /** It owes so much less; {@code pace}: bytes per second that it could move just now, if it wanted to. */
    public record Paid(Flow flow, long bytes, long pace) implements Notice {}

    /** It may have so many bytes of blocks ready for its peer from now on, read and not sent. */
    public record Stock(long bytes) implements Notice {
        @Override
        public Flow flow() {
            return Flow.UP;
        }
    }

    private final TimerScheduler<Command> timers;
    private final MonotonicClock clock;
    private final Duration interval;
    private final Map<Flow, Ledger<ActorRef<Notice>>> ledgers = new EnumMap<>(Flow.class);
    private final Map<ActorRef<Notice>, InfoHash> members = new LinkedHashMap<>();
    private final Set<ActorRef<Notice>> serving = new LinkedHashSet<>();
    private final EqualParts stock;

    private Allotter(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            MonotonicClock clock,
            Duration interval,
            RateLimits limits,
            EqualParts stock) {
        super(context);
        this.timers = timers;
        this.clock = clock;
        this.interval = interval;
        this.stock = stock;
        for (Flow flow : Flow.values()) {
            Ledger<ActorRef<Notice>> ledger = new Ledger<>();
            ledger.limit(of(limits, flow), clock.nanos());
            ledgers.put(flow, ledger);
        }
    }

    /**
     * An allotter for one engine.
     *
     * @param interval between rounds: shorter is smoother, longer costs less
     * @param limits of everything together, at first
     * @param stock bytes of blocks that all members together may have ready to be sent
     * @param mostStock of these, how many one may have at most
     */
    public static Behavior<Command> create(
            MonotonicClock clock, Duration interval, RateLimits limits, long stock, long mostStock) {
        Behavior<Command> behavior = Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new Allotter(context, timers, clock, interval, limits, new EqualParts(stock, mostStock))));
        // It serves all torrents: a bug with one of them must not end it for the others.
        return Behaviors.supervise(behavior).onFailure(SupervisorStrategy.resume());
    }

    private static long of(RateLimits limits, Flow flow) {
        return flow == Flow.DOWN ? limits.down() : limits.up();
    }

    @Override
    public Receive<Command> createReceive() {
        return new Handlers<Command>()
                .onMessage(Moved.class, this::onMoved)
                .onMessage(Round.class, this::onRound)
                .onMessage(Join.class, this::onJoin)
                .onMessage(Serve.class, this::onServe)
                .onMessage(Left.class, this::onLeft)
                .onMessage(Limit.class, this::onLimit)
                .onMessage(LimitTorrent.class, this::onLimitTorrent)
                .onMessage(ForgetTorrent.class, this::onForgetTorrent)
                .build();
    }

    private Behavior<Command> onMoved(Moved message) {
        InfoHash torrent = members.get(message.member());
        if (torrent != null) {
            ledger(Flow.DOWN).owe(torrent, message.member(), message.down());
            ledger(Flow.UP).owe(torrent, message.member(), message.up());
            holdRound();
        }
        return this;
    }

    /** The next round, if somebody waits for one. */
    private void holdRound() {
        boolean isOwed = ledger(Flow.DOWN).isOwed() || ledger(Flow.UP).isOwed();
        if (isOwed && !timers.isTimerActive(Round.INSTANCE)) {
            timers.startSingleTimer(Round.INSTANCE, interval);
        }
    }

    private Behavior<Command> onRound(Round message) {
        long now = clock.nanos();
        ledgers.forEach((flow, ledger) -> ledger.pay(now)
                .forEach(payment -> payment.member().tell(new Paid(flow, payment.bytes(), payment.pace()))));
        holdRound();
        return this;
    }

    private Behavior<Command> onJoin(Join message) {
        getContext().watchWith(message.member(), new Left(message.member()));
        members.put(message.member(), message.torrent());
        ledgers.forEach((flow, ledger) -> {
            if (ledger.isLimited(message.torrent())) {
                message.member().tell(new Terms(flow, true));
            }
        });
        return this;
    }

    private Behavior<Command> onServe(Serve message) {
        if (message.serves() && members.containsKey(message.member())) {
            serving.add(message.member());
            if (!shareStock()) {
                message.member().tell(new Stock(stock.part()));
            }
        } else if (serving.remove(message.member())) {
            shareStock();
        }
        return this;
    }

    /** Others share from now on; whether everybody heard of it. */
    private boolean shareStock() {
        boolean changed = stock.among(serving.size());
        if (changed) {
            serving.forEach(member -> member.tell(new Stock(stock.part())));
        }
        return changed;
    }

    private Behavior<Command> onLeft(Left message) {
        if (serving.remove(message.member())) {
            shareStock();
        }
        InfoHash torrent = members.remove(message.member());
        if (torrent != null) {
            ledgers.values().forEach(ledger -> ledger.leave(torrent, message.member()));
        }
        return this;
    }

    private Behavior<Command> onLimit(Limit message) {
        changing(() -> ledgers.forEach((flow, ledger) -> ledger.limit(of(message.limits(), flow), clock.nanos())));
        return this;
    }

    private Behavior<Command> onLimitTorrent(LimitTorrent message) {
        changing(() -> ledgers.forEach(
                (flow, ledger) -> ledger.limit(message.torrent(), of(message.limits(), flow), clock.nanos())));
        return this;
    }

    private Behavior<Command> onForgetTorrent(ForgetTorrent message) {
        changing(() -> ledgers.values().forEach(ledger -> ledger.forget(message.torrent())));
        return this;
    }

    /** Whoever was limited and is not any more hears so, and the other way round. */
    private void changing(Runnable change) {
        Map<Flow, Map<ActorRef<Notice>, Boolean>> before = new EnumMap<>(Flow.class);
        ledgers.forEach((flow, ledger) -> before.put(flow, limited(ledger)));
        change.run();
        ledgers.forEach((flow, ledger) -> {
            Map<ActorRef<Notice>, Boolean> known = Objects.requireNonNull(before.get(flow));
            limited(ledger).forEach((member, limited) -> {
                if (!limited.equals(known.get(member))) {
                    member.tell(new Terms(flow, limited));
                }
            });
        });
    }

    private Map<ActorRef<Notice>, Boolean> limited(Ledger<ActorRef<Notice>> ledger) {
        Map<ActorRef<Notice>, Boolean> limited = new LinkedHashMap<>();
        members.forEach((member, torrent) -> limited.put(member, ledger.isLimited(torrent)));
        return limited;
    }

    private Ledger<ActorRef<Notice>> ledger(Flow flow) {
        return Objects.requireNonNull(ledgers.get(flow));
    }
}
