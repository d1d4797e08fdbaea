package ahti.tracker;

import ahti.actor.Handlers;
import ahti.core.InfoHash;
import ahti.core.Secrets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Asks trackers how large the swarm of a torrent is (BEP 48, over UDP BEP 15): each once, {@code ahti.tracker.announce-most}
 * of them at the same time. Stops when the last one has answered, or was too slow.
 */
public final class Scraper extends AbstractBehavior<Scraper.Command> {

    /** What a scraper hears: answers only. */
    public sealed interface Command {}

    private record FromLine(Line.Answered answered) implements Command {}

    private record Broke(int number) implements Command {}

    /** What it tells. */
    public sealed interface Event {}

    /**
     * A tracker answered; what it does not say is empty.
     *
     * @param completed downloads that were completed since the tracker began to count
     */
    public record Scraped(String url, OptionalInt seeders, OptionalInt leechers, OptionalInt completed)
            implements Event {}

    /** A tracker did not answer, or answers no scrapes. Text from it is cleaned already. */
    public record Failed(String url, String reason) implements Event {}

    /** Every tracker was heard, or will not be. */
    public enum Done implements Event {
        INSTANCE
    }

    private final InfoHash infoHash;
    private final TrackerWays ways;
    private final RandomGenerator random;
    private final ActorRef<Event> owner;
    private final ActorRef<Line.Answered> answers;
    private final Queue<Map.Entry<String, Endpoint>> unasked;
    /** Of the trackers that were asked, by the numbers of their errands. */
    private final List<String> asked = new ArrayList<>();

    private int waiting;

    /**
     * Asks at once.
     *
     * @param tiers tracker URLs as a torrent lists them; anything may stand there
     * @param random unpredictable, for it makes transaction ids (BEP 15)
     * @param owner hears an event for each tracker, then {@link Done}
     */
    public static Behavior<Command> create(
            List<List<String>> tiers,
            InfoHash infoHash,
            TrackerWays ways,
            RandomGenerator random,
            ActorRef<Event> owner) {
        return Behaviors.setup(context -> {
            TierList list = TierList.of(tiers, ways.limits().trackers());
            list.unsupported().forEach((url, reason) -> owner.tell(new Failed(url, reason)));
            return new Scraper(context, list, infoHash, ways, random, owner).goOn();
        });
    }

    private Scraper(
            ActorContext<Command> context,
            TierList list,
            InfoHash infoHash,
            TrackerWays ways,
            RandomGenerator random,
            ActorRef<Event> owner) {
        super(context);
        this.infoHash = infoHash;
        this.ways = ways;
        this.random = random;
        this.owner = owner;
        this.answers = context.messageAdapter(Line.Answered.class, FromLine::new);
        this.unasked = new ArrayDeque<>(list.endpoints().entrySet());
    }

    @Override
    public Receive<Command> createReceive() {
        return new Handlers<Command>()
                .onMessage(FromLine.class, this::onFromLine)
                .onMessage(Broke.class, this::onBroke)
                .build();
    }

    private Behavior<Command> goOn() {
        while (waiting < ways.config().announceMost() && !unasked.isEmpty()) {
            ask(unasked.remove());
        }
        if (waiting > 0) {
            return this;
        }
        owner.tell(Done.INSTANCE);
        return Behaviors.stopped();
    }

    private void ask(Map.Entry<String, Endpoint> tracker) {
        int number = asked.size();
        asked.add(tracker.getKey());
        waiting++;
        // A generator of its own: the child runs on another thread.
        RandomGenerator own = Secrets.childOf(random);
        ActorRef<Line.Command> line = getContext().spawn(ways.to(tracker.getValue(), own), "line-" + number);
        getContext().watchWith(line, new Broke(number));
        line.tell(new Line.Ask(new ScrapeRequest(number, infoHash), answers));
    }

    private Behavior<Command> onFromLine(FromLine message) {
        int number = message.answered().number();
        Outcome outcome = message.answered().outcome();
        if (outcome instanceof Outcome.Counts counts) {
            owner.tell(new Scraped(asked.get(number), counts.seeders(), counts.leechers(), counts.completed()));
        } else if (outcome instanceof Outcome.Failure failure) {
            owner.tell(new Failed(asked.get(number), failure.reason()));
        } else {
            throw new IllegalStateException("a scrape was answered with " + outcome);
        }
        getContext().getChild("line-" + number).ifPresent(line -> {
            getContext().unwatch(line);
            getContext().stop(line);
        });
        waiting--;
        return goOn();
    }

    private Behavior<Command> onBroke(Broke message) {
        owner.tell(new Failed(asked.get(message.number()), "a fault in Ahti, see the log"));
        waiting--;
        return goOn();
    }
}
