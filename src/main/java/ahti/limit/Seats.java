package ahti.limit;

import ahti.actor.Handlers;
import ahti.core.InfoHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Deals out the connections of an engine among its torrents: each may have what it wants, or, when all want too many, an equal
 * part of what the modest leave. What is left over goes to all alike, so that a torrent can grow before it asks.
 *
 * <p>What is granted is never more than there is. A torrent that has more than it is granted hangs up by itself, so for that
 * moment there may be more.
 */
public final class Seats extends AbstractBehavior<Seats.Command> {
    /** Between two rounds: connections need no finer clock. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final TimerScheduler<Command> timers;
    private final int most;
    private final int each;
    private final Map<InfoHash, Holder> holders = new LinkedHashMap<>();
    private boolean changed;

    /** What these may be told. */
    public sealed interface Command {}

    /**
     * A torrent wants so many connections, counting those it has.
     *
     * @param granted what it believes it may have
     */
    public record Want(InfoHash torrent, int connections, int granted, ActorRef<Granted> replyTo) implements Command {}

    /** A torrent is gone, or wants none for now. */
    public record Leave(InfoHash torrent) implements Command {}

    private enum Round implements Command {
        INSTANCE
    }

    /** A torrent may have so many connections from now on. */
    public record Granted(int connections) {}

    private static final class Holder {
        private int wants;
        private int granted;
        private ActorRef<Granted> replyTo;

        Holder(Want want) {
            this.replyTo = want.replyTo();
            wants(want);
        }

        void wants(Want want) {
            wants = want.connections();
            granted = want.granted();
            replyTo = want.replyTo();
        }
    }

    private Seats(ActorContext<Command> context, TimerScheduler<Command> timers, int most, int each) {
        super(context);
        this.timers = timers;
        this.most = most;
        this.each = each;
    }

    /** For one engine, with at most so many connections, of which a torrent gets at most {@code each}. */
    public static Behavior<Command> create(int most, int each) {
        Behavior<Command> behavior =
                Behaviors.setup(context -> Behaviors.withTimers(timers -> new Seats(context, timers, most, each)));
        // They are of all torrents: a bug with one of them must not end them for the others.
        return Behaviors.supervise(behavior).onFailure(SupervisorStrategy.resume());
    }

    @Override
    public Receive<Command> createReceive() {
        return new Handlers<Command>()
                .onMessage(Want.class, this::onWant)
                .onMessage(Leave.class, this::onLeave)
                .onMessage(Round.class, this::onRound)
                .build();
    }

    private Behavior<Command> onWant(Want message) {
        holders.computeIfAbsent(message.torrent(), torrent -> new Holder(message))
                .wants(message);
        return changed();
    }

    private Behavior<Command> onLeave(Leave message) {
        holders.remove(message.torrent());
        return changed();
    }

    /** At once, unless that was just done. */
    private Behavior<Command> changed() {
        changed = true;
        if (!timers.isTimerActive(Round.INSTANCE)) {
            deal();
        }
        return this;
    }

    private Behavior<Command> onRound(Round message) {
        if (changed) {
            deal();
        }
        return this;
    }

    private void deal() {
        changed = false;
        timers.startSingleTimer(Round.INSTANCE, PAUSE);
        List<Holder> all = new ArrayList<>(holders.values());
        long[] wants = all.stream().mapToLong(holder -> holder.wants).toArray();
        FairSplit split = FairSplit.of(most, wants);
        long dealt = 0;
        for (int index = 0; index < wants.length; index++) {
            dealt += split.part(index);
        }
        for (int index = 0; index < wants.length; index++) {
            grant(all.get(index), (int) Math.min(each, split.part(index) + (most - dealt) / wants.length));
        }
    }

    private static void grant(Holder holder, int connections) {
        if (holder.granted != connections) {
            holder.granted = connections;
            holder.replyTo.tell(new Granted(connections));
        }
    }
}
