package ahti.tracker;

import ahti.actor.Handlers;
import ahti.net.Resolver;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * One tracker's announce cycle: announces when told to, says when it is due again, backs off when it fails.
 *
 * <p>At most one announce is in flight. After each, exactly one timer for {@link Due} runs. What the tracker says ends up in
 * an event, whatever it is; only a bug of ours stops this actor, and the {@link Announcer} starts another.
 */
final class Tracker extends AbstractBehavior<Tracker.Command> {

    /** What an announcer may tell a tracker. */
    sealed interface Command {}

    /** Announce now; ignored while an announce is in flight, whose outcome will do. */
    record Announce(Announcer.Tally tally) implements Command {}

    /** The download has become complete: say so if the tracker knew it incomplete. */
    record Complete(Announcer.Tally tally) implements Command {}

    /** Peers are needed: be due as soon as the tracker's min interval allows. */
    enum Hurry implements Command {
        INSTANCE
    }

    /** Its latest failures were perhaps our own network's: it is due now if it failed. */
    enum Forgive implements Command {
        INSTANCE
    }

    /** Our address is another: be due soon, if the tracker knows the old one. */
    enum Moved implements Command {
        INSTANCE
    }

    /** Say goodbye if the tracker knows us; answered with {@link Gone}. */
    record Goodbye(Announcer.Tally tally) implements Command {}

    private record FromLine(Line.Answered answered) implements Command {}

    private record Resolved(Resolver.Reply reply) implements Command {}

    private record FromShadow(OtherFamily.Event event) implements Command {}

    private enum Elapsed implements Command {
        REGULAR,
        SOONEST
    }

    /** What a tracker tells its announcer. */
    sealed interface Event {
        /** Which tracker. */
        String url();
    }

    /** An announce was answered; due again after {@code next}. */
    record Answered(String url, Outcome.Answer answer, Duration next) implements Event {}

    /** An announce failed; due again after {@code retryIn}. */
    record Failed(String url, String reason, Duration retryIn) implements Event {}

    /** More came over the other address family. */
    record AlsoHeard(String url, Outcome.Answer answer) implements Event {}

    /** It may be announced to again. */
    record Due(String url) implements Event {}

    /** Goodbye is said, or there was nobody to say it to. */
    record Gone(String url) implements Event {}

    private final TimerScheduler<Command> timers;
    private final String url;
    private final AnnouncerSettings settings;
    private final Shadow shadow;
    private final Cycle cycle;
    private final ActorRef<Line.Command> line;
    private final ActorRef<Line.Answered> answers;
    private final ActorRef<Event> owner;

    /** Goodbyes that are not said yet. */
    private int goodbyes;

    private Announcer.Tally tally;
    private int number;
    private boolean inFlight;
    private AnnounceEvent event = AnnounceEvent.NONE;
    /** The tally that went with the announce in flight. */
    private Announcer.Tally told;

    private boolean hurried;
    /** Whether the min interval of the last answer has passed. */
    private boolean soonestPassed;

    static Behavior<Command> create(
            String url, Endpoint endpoint, AnnouncerSettings settings, RandomGenerator random, ActorRef<Event> owner) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new Tracker(context, timers, url, endpoint, settings, random, owner)));
    }

    private Tracker(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            String url,
            Endpoint endpoint,
            AnnouncerSettings settings,
            RandomGenerator random,
            ActorRef<Event> owner) {
        super(context);
        this.timers = timers;
        this.url = url;
        this.settings = settings;
        this.shadow = new Shadow(context, endpoint, settings, random);
        this.cycle = new Cycle(settings.ways().config(), random);
        this.line = context.spawn(settings.ways().to(endpoint, random), "line");
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
                .onMessage(Elapsed.class, this::onElapsed)
                .onMessage(Announce.class, this::onAnnounce)
                .onMessage(Resolved.class, this::onResolved)
                .onMessage(FromShadow.class, this::onFromShadow)
                .onMessage(Hurry.class, this::onHurry)
                .onMessage(Forgive.class, this::onForgive)
                .onMessage(Moved.class, this::onMoved)
                .onMessage(Complete.class, this::onComplete)
                .onMessage(Goodbye.class, this::onGoodbye)
                .build();
    }

    private Behavior<Command> onAnnounce(Announce message) {
        tally = message.tally();
        if (!inFlight) {
            announce(cycle.nextEvent());
            shadow.announce(tally, Resolved::new);
        }
        return this;
    }

    private Behavior<Command> onComplete(Complete message) {
        tally = message.tally();
        cycle.completed();
        shadow.complete(tally);
        if (!inFlight && cycle.owesCompleted()) {
            announce(AnnounceEvent.COMPLETED);
        }
        return this;
    }

    private Behavior<Command> onHurry(Hurry message) {
        hurried = !inFlight;
        if (hurried && soonestPassed) {
            due();
        }
        return this;
    }

    private Behavior<Command> onForgive(Forgive message) {
        if (cycle.forgive() && !inFlight) {
            due();
        }
        return this;
    }

    private Behavior<Command> onMoved(Moved message) {
        if (cycle.isKnown() && !inFlight) {
            hurried = true;
            timers.startSingleTimer(
                    Elapsed.SOONEST, Elapsed.SOONEST, settings.ways().config().intervalMin());
        }
        return this;
    }

    private Behavior<Command> onElapsed(Elapsed message) {
        soonestPassed = true;
        if (message == Elapsed.REGULAR || hurried) {
            due();
        }
        return this;
    }

    private Behavior<Command> onFromLine(FromLine message) {
        if (message.answered().number() != number) {
            return this;
        }
        inFlight = false;
        Outcome outcome = message.answered().outcome();
        if (event == AnnounceEvent.STOPPED) {
            goodbyeSaid();
        } else if (outcome instanceof Outcome.Answer answer) {
            answered(answer);
        } else if (outcome instanceof Outcome.Failure failure) {
            failed(failure);
        } else {
            throw new IllegalStateException("an announce was answered with " + outcome);
        }
        return this;
    }

    private Behavior<Command> onGoodbye(Goodbye message) {
        tally = message.tally();
        goodbyes = shadow.goodbye(tally) ? 2 : 1;
        if (cycle.isKnown()) {
            announce(AnnounceEvent.STOPPED);
        } else {
            goodbyeSaid();
        }
        return this;
    }

    private void goodbyeSaid() {
        goodbyes--;
        if (goodbyes == 0) {
            owner.tell(new Gone(url));
        }
    }

    private Behavior<Command> onResolved(Resolved message) {
        if (goodbyes == 0) {
            shadow.resolved(message.reply(), tally, FromShadow::new);
        }
        return this;
    }

    private Behavior<Command> onFromShadow(FromShadow message) {
        if (message.event() instanceof OtherFamily.Heard heard) {
            owner.tell(new AlsoHeard(url, heard.answer()));
        } else {
            goodbyeSaid();
        }
        return this;
    }

    private void announce(AnnounceEvent why) {
        timers.cancelAll();
        inFlight = true;
        hurried = false;
        soonestPassed = false;
        event = why;
        told = tally;
        number++;
        line.tell(new Line.Ask(settings.request(number, tally, why, cycle.trackerId()), answers));
    }

    private void answered(Outcome.Answer answer) {
        Cycle.Pauses pauses = cycle.answered(event, told.left(), answer);
        getContext()
                .getLog()
                .debug(
                        "announced {} to {}: {} peers",
                        event,
                        url,
                        answer.peers().size());
        timers.startSingleTimer(Elapsed.REGULAR, Elapsed.REGULAR, pauses.regular());
        timers.startSingleTimer(Elapsed.SOONEST, Elapsed.SOONEST, pauses.soonest());
        if (cycle.owesCompleted()) {
            announce(AnnounceEvent.COMPLETED);
        }
        owner.tell(new Answered(url, answer, pauses.regular()));
    }

    private void failed(Outcome.Failure failure) {
        Duration pause = cycle.failed();
        getContext().getLog().debug("announcing {} to {} failed: {}", event, url, failure.reason());
        timers.startSingleTimer(Elapsed.REGULAR, Elapsed.REGULAR, pause);
        cycle.soonestAfterFailure()
                .ifPresent(soonest -> timers.startSingleTimer(Elapsed.SOONEST, Elapsed.SOONEST, soonest));
        owner.tell(new Failed(url, failure.reason(), pause));
    }

    private void due() {
        timers.cancelAll();
        hurried = false;
        owner.tell(new Due(url));
    }
}
