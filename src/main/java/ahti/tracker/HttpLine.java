package ahti.tracker;

import ahti.actor.Handlers;
import ahti.core.Limits;
import ahti.net.HttpFetch;
import ahti.net.IpFamily;
import java.net.URI;
import java.util.Optional;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** Carries errands to one tracker over HTTP. The answer is read here, on the actor's thread. */
final class HttpLine extends AbstractBehavior<Line.Command> {

    private record Fetched(Line.Ask ask, HttpFetch.Reply reply) implements Line.Command {}

    private final URI tracker;
    private final HttpFetch http;
    private final Optional<IpFamily> family;
    private final HttpFetch.Bounds bounds;
    private final Limits limits;
    private final boolean believesAll;
    private int newest;

    static Behavior<Line.Command> create(URI tracker, TrackerWays ways, HttpFetch.Bounds bounds) {
        return Behaviors.setup(context -> new HttpLine(context, tracker, ways, bounds));
    }

    private HttpLine(ActorContext<Line.Command> context, URI tracker, TrackerWays ways, HttpFetch.Bounds bounds) {
        super(context);
        this.tracker = tracker;
        this.http = ways.http();
        this.family = ways.family();
        this.bounds = bounds;
        this.limits = ways.limits();
        this.believesAll = ways.config().privatePeers();
    }

    @Override
    public Receive<Line.Command> createReceive() {
        return new Handlers<Line.Command>()
                .onMessage(Line.Ask.class, this::onAsk)
                .onMessage(Fetched.class, this::onFetched)
                .build();
    }

    private Behavior<Line.Command> onAsk(Line.Ask message) {
        newest = message.errand().number();
        Optional<URI> url = url(message.errand());
        if (url.isEmpty()) {
            Outcome none = new Outcome.Failure("its URL has no place for scrapes (BEP 48)");
            message.replyTo().tell(new Line.Answered(newest, none));
            return this;
        }
        getContext()
                .pipeToSelf(
                        http.get(
                                new HttpFetch.Request(
                                        url.get(),
                                        Optional.empty(),
                                        family,
                                        HttpFetch.Kind.ANNOUNCE,
                                        Optional.of(message.errand().infoHash())),
                                bounds),
                        (reply, failure) -> new Fetched(
                                message,
                                failure == null ? reply : new HttpFetch.Failed("a fault in Ahti: " + failure)));
        return this;
    }

    private Optional<URI> url(Errand errand) {
        return errand instanceof AnnounceRequest announce
                ? Optional.of(HttpQuery.of(tracker, announce))
                : HttpQuery.of(tracker, (ScrapeRequest) errand);
    }

    private Behavior<Line.Command> onFetched(Fetched message) {
        Errand errand = message.ask().errand();
        if (errand.number() == newest) {
            Outcome outcome = message.reply() instanceof HttpFetch.Answer answer
                    ? read(errand, answer)
                    : new Outcome.Failure(((HttpFetch.Failed) message.reply()).reason());
            message.ask().replyTo().tell(new Line.Answered(newest, outcome));
        }
        return this;
    }

    private Outcome read(Errand errand, HttpFetch.Answer answer) {
        return errand instanceof ScrapeRequest scrape
                ? HttpAnswer.scraped(answer.status(), answer.body(), scrape.infoHash(), limits)
                : HttpAnswer.read(answer.status(), answer.body(), limits)
                        .believable(answer.ofInternet() && !believesAll);
    }
}
