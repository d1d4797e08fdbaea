package ahti.tracker;

import ahti.actor.Handlers;
import ahti.net.IpFamily;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Makes us known to one tracker over the other address family, too (BEP 7), with the same key: peers that have only that
 * family hear of us, and we of them.
 *
 * <p>A shadow of the {@link Tracker}: it announces when that does and never by itself, hands on what it hears, and its failures
 * are nobody's. After one it sits out some announces, as long as the cycle of a failing tracker says.
 */
final class OtherFamily extends AbstractBehavior<OtherFamily.Command> {

    /** What a tracker may tell its shadow. */
    sealed interface Command {}

    /** Announce, unless that is under way or it failed lately. */
    record Announce(Announcer.Tally tally) implements Command {}

    /** The download has become complete: say so where that is news. */
    record Complete(Announcer.Tally tally) implements Command {}

    /** Say goodbye if we are known there; answered with {@link Gone}. */
    record Goodbye(Announcer.Tally tally) implements Command {}

    private record FromLine(Line.Answered answered) implements Command {}

    private enum Rested implements Command {
        INSTANCE
    }

    /** What it tells the tracker. */
    sealed interface Event {}

    /** Peers, and how we are seen there. */
    record Heard(Outcome.Answer answer) implements Event {}

    /** Goodbye is said, or there was nobody to say it to. */
    enum Gone implements Event {
        INSTANCE
    }

    private final TimerScheduler<Command> timers;
    private final AnnouncerSettings settings;
    private final Cycle cycle;
    private final ActorRef<Line.Command> line;
    private final ActorRef<Line.Answered> answers;
    private final ActorRef<Event> owner;

    private Announcer.Tally tally;
    private Announcer.Tally told;
    private AnnounceEvent event = AnnounceEvent.NONE;
    private int number;
    private boolean inFlight;

    static Behavior<Command> create(
            Endpoint endpoint,
            IpFamily family,
            AnnouncerSettings settings,
            RandomGenerator random,
            ActorRef<Event> owner) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new OtherFamily(context, timers, endpoint, family, settings, random, owner)));
    }

    private OtherFamily(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Endpoint endpoint,
            IpFamily family,
            AnnouncerSettings settings,
            RandomGenerator random,
            ActorRef<Event> owner) {
        super(context);
        this.timers = timers;
        this.settings = settings;
        this.cycle = new Cycle(settings.ways().config(), random);
        this.line = context.spawn(settings.ways().over(family).to(endpoint, random), "line");
        this.answers = context.messageAdapter(Line.Answered.class, FromLine::new);
        this.owner = owner;
        this.tally = settings.start();
        this.told = settings.start();
        context.watch(line);
    }

    @Override
    public Receive<Command> createReceive() {
        return new Handlers<Command>()
                .onMessage(FromLine.class, this::onFromLine)
                .onMessage(Announce.class, this::onAnnounce)
                .onMessage(Complete.class, this::onComplete)
                .onMessage(Goodbye.class, this::onGoodbye)
                .onMessage(Rested.class, this::onRested)
                .build();
    }

    private Behavior<Command> onAnnounce(Announce message) {
        tally = message.tally();
        if (!inFlight && !timers.isTimerActive(Rested.INSTANCE)) {
            announce(cycle.nextEvent());
        }
        return this;
    }

    private Behavior<Command> onComplete(Complete message) {
        tally = message.tally();
        cycle.completed();
        tellCompleted();
        return this;
    }

    private Behavior<Command> onGoodbye(Goodbye message) {
        tally = message.tally();
        if (cycle.isKnown()) {
            announce(AnnounceEvent.STOPPED);
        } else {
            owner.tell(Gone.INSTANCE);
        }
        return this;
    }

    /** The next announce of the tracker may be ours, too. */
    private Behavior<Command> onRested(Rested message) {
        return this;
    }

    private void tellCompleted() {
        if (!inFlight && cycle.owesCompleted()) {
            announce(AnnounceEvent.COMPLETED);
        }
    }

    private void announce(AnnounceEvent why) {
        inFlight = true;
        event = why;
        told = tally;
        number++;
        line.tell(new Line.Ask(settings.request(number, tally, why, cycle.trackerId()), answers));
    }

    private Behavior<Command> onFromLine(FromLine message) {
        if (message.answered().number() != number) {
            return this;
        }
        inFlight = false;
        Outcome outcome = message.answered().outcome();
        if (event == AnnounceEvent.STOPPED) {
            owner.tell(Gone.INSTANCE);
        } else if (outcome instanceof Outcome.Answer answer) {
            cycle.answered(event, told.left(), answer);
            tellCompleted();
            owner.tell(new Heard(answer));
        } else if (outcome instanceof Outcome.Failure failure) {
            getContext().getLog().debug("announcing over the other family failed: {}", failure.reason());
            timers.startSingleTimer(Rested.INSTANCE, Rested.INSTANCE, cycle.failed());
        }
        return this;
    }
}
