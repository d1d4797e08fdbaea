package ahti.webseed;

import ahti.actor.Handlers;
import ahti.config.WebSeedConfig;
import ahti.core.Bitfield;
import ahti.core.Block;
import ahti.core.BlockRef;
import ahti.core.ConnectionId;
import ahti.core.MonotonicClock;
import ahti.core.RateMeter;
import ahti.limit.Account;
import ahti.limit.Allotter;
import ahti.metainfo.FileMap;
import ahti.metainfo.FileSlice;
import ahti.metainfo.Metainfo;
import ahti.net.HttpFetch;
import ahti.picker.PiecePicker;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * One web seed of a torrent (BEP 19): to the picker a peer that has everything and never chokes, except while it rests.
 *
 * <p>What the picker assigns is asked for in runs, a few at the same time; every block is delivered, returned or cancelled, as
 * with any peer. How much is asked for at once follows its rate ({@link Portion}); a limit holds it up between two requests, as
 * with any member of the {@link Allotter}. After a failure that may pass, everything goes back to the picker and the server is
 * left alone for a while, longer each time. A failure that will not pass ends it.
 */
public final class WebSeed extends AbstractBehavior<WebSeed.Command> {

    /** What a web seed may be told. */
    public sealed interface Command {}

    /** Leave the picker, and end. */
    public enum Stop implements Command {
        INSTANCE
    }

    private record Told(PiecePicker.Instruction instruction) implements Command {}

    /** An answer; {@code began} is when it was asked for, in nanoseconds. */
    private record Came(int errand, HttpFetch.Reply reply, long began) implements Command {}

    private record Allowed(Allotter.Notice notice) implements Command {}

    /** Our network was gone: end a rest that no answer of the server began. */
    public enum TryAgain implements Command {
        INSTANCE
    }

    private enum Again implements Command {
        INSTANCE
    }

    /** What a web seed tells the torrent. */
    public sealed interface Event {}

    /** How it is doing; told when that changes. */
    public record Sampled(ConnectionId id, Sample sample) implements Event {}

    /** It is of no use, and has ended; {@code reason} is for people. */
    public record GaveUp(ConnectionId id, String reason) implements Event {}

    /**
     * A web seed at one moment.
     *
     * @param interested whether it has something that we want
     * @param owed blocks that the picker waits for
     * @param window blocks that it may owe at most
     * @param downloaded payload bytes
     * @param rest why it is not asked now
     */
    public record Sample(boolean interested, int owed, int window, long downloaded, Optional<Rest> rest) {
        /** How every web seed begins. */
        public static final Sample BEGINNING = new Sample(false, 0, 0, 0, Optional.empty());
    }

    /**
     * A pause after a failure.
     *
     * @param since when it began, by the torrent's clock in nanoseconds
     */
    public record Rest(String reason, long since, Duration pause) {}

    /** What a web seed works with. */
    public record Settings(
            ConnectionId id,
            String url,
            Metainfo metainfo,
            ActorRef<PiecePicker.Command> picker,
            HttpFetch http,
            MonotonicClock clock,
            WebSeedConfig config,
            ActorRef<Allotter.Command> allotter,
            ActorRef<Event> owner) {}

    /** One that was of use and cannot be reached rests so many plain pauses at most: a minute, as configured. */
    private static final int MISSED_PAUSES = 6;

    private static final int WHOLE = 200;
    private static final int PART = 206;

    /** An answer may take so many times as long as silence may. */
    private static final int MOST_PATIENCE = 5;

    private final TimerScheduler<Command> timers;
    private final Settings settings;
    private final WebSeedConfig config;
    private final SeedUrl url;
    private final FileMap files;
    private final HttpFetch.Bounds bounds;
    private final Wanted wanted;
    private final RateMeter meter;
    private final Portion portion;
    private final Account account = new Account();
    private final ActorRef<Allotter.Notice> paid;
    private boolean comesWhole;
    /** By number; the answer to one that is not here any more is of no interest. */
    private final Map<Integer, Errand> errands = new LinkedHashMap<>();

    /** Errands that have more to ask for. */
    private final Queue<Integer> unasked = new ArrayDeque<>();

    private int numbered;
    /** Requests whose answer is still to come, of errands that were given up, too. */
    private int asked;

    private int failures;
    /** The latest failure was no answer of the server. */
    private boolean unreached;

    private boolean interested;
    private Optional<Rest> rest = Optional.empty();

    private WebSeed(ActorContext<Command> context, TimerScheduler<Command> timers, Settings settings) {
        super(context);
        this.timers = timers;
        this.settings = settings;
        this.config = settings.config();
        this.url = new SeedUrl(settings.url(), settings.metainfo());
        this.files = new FileMap(settings.metainfo());
        this.bounds = new HttpFetch.Bounds(
                config.timeout().multipliedBy(MOST_PATIENCE),
                config.timeout(),
                config.request(),
                config.maxRedirects());
        this.wanted = new Wanted(settings.metainfo().layout());
        this.meter = new RateMeter(settings.clock().nanos());
        this.portion = new Portion(config.request(), config.timeout());
        this.paid = context.messageAdapter(Allotter.Notice.class, Allowed::new);
        settings.allotter().tell(new Allotter.Join(settings.metainfo().infoHash(), paid));
        ActorRef<PiecePicker.Instruction> told = context.messageAdapter(PiecePicker.Instruction.class, Told::new);
        settings.picker().tell(new PiecePicker.Join(settings.id(), told, true));
        settings.picker()
                .tell(new PiecePicker.Offer(
                        settings.id(), Bitfield.all(settings.metainfo().layout().pieces())));
        tellWindow(window());
    }

    /** One run more than are asked for: what follows on each other can then be asked for together. */
    private int window() {
        return (int) Math.min(100_000, (long) portion.bytes() * (config.requests() + 1) / BlockRef.MAX_LENGTH + 1);
    }

    /** A web seed that begins at once. */
    public static Behavior<Command> create(Settings settings) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> new WebSeed(context, timers, settings)));
    }

    @Override
    public Receive<Command> createReceive() {
        return new Handlers<Command>()
                .onMessage(Came.class, this::onCame)
                .onMessage(Told.class, this::onTold)
                .onMessage(Allowed.class, this::onAllowed)
                .onMessage(Again.class, this::onAgain)
                .onMessage(TryAgain.class, this::onTryAgain)
                .onMessage(Stop.class, this::onStop)
                .build();
    }

    private Behavior<Command> onTold(Told message) {
        if (message.instruction() instanceof PiecePicker.Fetch fetch) {
            if (rest.isPresent()) {
                // The picker had not heard yet.
                settings.picker().tell(new PiecePicker.Return(settings.id(), fetch.blocks()));
                return this;
            }
            wanted.add(fetch.blocks());
        } else if (message.instruction() instanceof PiecePicker.Cancel cancel) {
            // What was asked for already may still come; the picker counts it as wasted.
            wanted.remove(cancel.blocks());
        } else if (message.instruction() instanceof PiecePicker.Interest interest) {
            interested = interest.interested();
        }
        return goOn();
    }

    private Behavior<Command> goOn() {
        while (rest.isEmpty() && asked < config.requests() && account.mayGoOn() && beginErrand()) {
            int number = unasked.remove();
            Errand errand = errands.get(number);
            if (errand != null && !ask(number, errand)) {
                return giveUp("no URL that can be asked: " + settings.url());
            }
        }
        sample();
        return this;
    }

    /** Whether there is an errand with something to ask for; a new one begins when it has to. */
    private boolean beginErrand() {
        while (unasked.isEmpty()) {
            Optional<Run> run = wanted.next(account.isLimited() ? portion.bytes(account.pace()) : portion.bytes());
            if (run.isEmpty()) {
                return false;
            }
            int number = numbered++;
            errands.put(number, new Errand(settings.metainfo(), files, run.get()));
            proceed(number);
        }
        return true;
    }

    /** An errand goes on, or is over. */
    private void proceed(int number) {
        Errand errand = Objects.requireNonNull(errands.get(number));
        if (errand.next().isPresent()) {
            unasked.add(number);
        } else {
            deliver(number, errand);
        }
    }

    private Behavior<Command> onAllowed(Allowed message) {
        account.heard(message.notice());
        return goOn();
    }

    /**
     * Asks for the next slice of an errand; false when there is no URL for it. The only place where anything is asked of the
     * server, and whoever calls it looks whether that is allowed.
     */
    private boolean ask(int number, Errand errand) {
        FileSlice slice = errand.next().orElseThrow();
        Optional<URI> uri = url.of(slice.file());
        if (uri.isEmpty()) {
            return false;
        }
        asked++;
        long began = settings.clock().nanos();
        HttpFetch.Request request = new HttpFetch.Request(
                uri.get(),
                Optional.of(Errand.range(slice)),
                Optional.empty(),
                HttpFetch.Kind.FILE,
                Optional.of(settings.metainfo().infoHash()));
        getContext()
                .pipeToSelf(
                        settings.http().get(request, bounds),
                        (reply, failure) -> new Came(
                                number,
                                failure == null ? reply : new HttpFetch.Failed("a fault in Ahti: " + failure),
                                began));
        return true;
    }

    private Behavior<Command> onCame(Came message) {
        asked--;
        count(message);
        Errand errand = errands.get(message.errand());
        if (errand == null) {
            return goOn();
        }
        Judgement judgement = errand.take(message.reply());
        if (judgement instanceof Judgement.Never never) {
            return giveUp(never.reason());
        }
        if (judgement instanceof Judgement.Later later) {
            rest(later, message.reply() instanceof HttpFetch.Failed);
            return this;
        }
        proceed(message.errand());
        return goOn();
    }

    /** What came was moved, whatever it is worth; and how long it took says how much to ask for. */
    private void count(Came message) {
        if (!(message.reply() instanceof HttpFetch.Answer answer)) {
            return;
        }
        int bytes = answer.body().size();
        account.moved(bytes);
        long unsaid = account.unsaid();
        if (unsaid > 0) {
            settings.allotter().tell(new Allotter.Moved(paid, unsaid, 0));
        }
        comesWhole |= answer.status() == WHOLE;
        if (comesWhole) {
            portion.comesWhole();
        } else if (answer.status() == PART) {
            portion.came(bytes, settings.clock().nanos() - message.began());
        }
    }

    private void deliver(int number, Errand errand) {
        List<Block> blocks = errand.blocks();
        errands.remove(number);
        failures = 0;
        meter.add(errand.run().length(), settings.clock().nanos());
        // The rate first: what it is asked for next depends on it.
        tellWindow(window());
        settings.picker().tell(new PiecePicker.Deliver(settings.id(), blocks));
    }

    /** {@code isUnreached}: no answer came; of one that was of use before that may be our own network's fault. */
    private void rest(Judgement.Later later, boolean isUnreached) {
        unreached = isUnreached;
        long longest = isUnreached && meter.total() > 0
                ? config.retryPause().multipliedBy(MISSED_PAUSES).toMillis()
                : config.retryPauseMax().toMillis();
        long own = Math.min(longest, config.retryPause().toMillis() << Math.min(failures, 20));
        long theirs = Math.min(longest, later.after().orElse(Duration.ZERO).toMillis());
        Duration pause = Duration.ofMillis(Math.max(own, theirs));
        failures++;
        portion.failed();
        rest = Optional.of(new Rest(later.reason(), settings.clock().nanos(), pause));
        List<BlockRef> back = new ArrayList<>(wanted.takeAll());
        errands.values().forEach(errand -> back.addAll(errand.run().blocks()));
        errands.clear();
        unasked.clear();
        timers.startSingleTimer(Again.INSTANCE, Again.INSTANCE, pause);
        // The window first: otherwise the picker would fill it again with what comes back.
        tellWindow(0);
        settings.picker().tell(new PiecePicker.Return(settings.id(), back));
        sample();
    }

    private Behavior<Command> onAgain(Again message) {
        rest = Optional.empty();
        tellWindow(window());
        sample();
        return this;
    }

    private Behavior<Command> onTryAgain(TryAgain message) {
        if (rest.isPresent() && unreached) {
            timers.cancel(Again.INSTANCE);
            failures = 0;
            return onAgain(Again.INSTANCE);
        }
        return this;
    }

    private Behavior<Command> giveUp(String reason) {
        settings.picker().tell(new PiecePicker.Leave(settings.id()));
        settings.owner().tell(new GaveUp(settings.id(), reason));
        return Behaviors.stopped();
    }

    private Behavior<Command> onStop(Stop message) {
        settings.picker().tell(new PiecePicker.Leave(settings.id()));
        return Behaviors.stopped();
    }

    private void tellWindow(int blocks) {
        long perSecond = meter.perSecond(settings.clock().nanos()) / BlockRef.MAX_LENGTH;
        settings.picker().tell(new PiecePicker.Window(settings.id(), blocks, (int) Math.min(perSecond, 1_000_000)));
    }

    private void sample() {
        int owed = wanted.size();
        for (Errand errand : errands.values()) {
            owed += errand.run().blocks().size();
        }
        settings.owner()
                .tell(new Sampled(
                        settings.id(),
                        new Sample(interested, owed, rest.isPresent() ? 0 : window(), meter.total(), rest)));
    }
}
