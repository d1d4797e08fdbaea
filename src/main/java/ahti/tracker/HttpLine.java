package ahti.tracker;

import ahti.core.Limits;
import ahti.net.HttpFetch;
import java.net.URI;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** Carries announces to one tracker over HTTP. The answer is read here, on the actor's thread. */
final class HttpLine extends AbstractBehavior<Line.Command> {

    private record Fetched(Line.Announce announce, HttpFetch.Reply reply) implements Line.Command {}

    private final URI tracker;
    private final HttpFetch http;
    private final HttpFetch.Bounds bounds;
    private final Limits limits;
    private int newest;

    static Behavior<Line.Command> create(URI tracker, HttpFetch http, HttpFetch.Bounds bounds, Limits limits) {
        return Behaviors.setup(context -> new HttpLine(context, tracker, http, bounds, limits));
    }

    private HttpLine(
            ActorContext<Line.Command> context, URI tracker, HttpFetch http, HttpFetch.Bounds bounds, Limits limits) {
        super(context);
        this.tracker = tracker;
        this.http = http;
        this.bounds = bounds;
        this.limits = limits;
    }

    @Override
    public Receive<Line.Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Line.Announce.class, this::onAnnounce)
                .onMessage(Fetched.class, this::onFetched)
                .build();
    }

    private Behavior<Line.Command> onAnnounce(Line.Announce message) {
        newest = message.request().number();
        getContext()
                .pipeToSelf(
                        http.get(HttpQuery.of(tracker, message.request()), bounds),
                        (reply, failure) -> new Fetched(
                                message,
                                failure == null ? reply : new HttpFetch.Failed("a fault in Ahti: " + failure)));
        return this;
    }

    private Behavior<Line.Command> onFetched(Fetched message) {
        int number = message.announce().request().number();
        if (number == newest) {
            Outcome outcome = message.reply() instanceof HttpFetch.Answer answer
                    ? HttpAnswer.read(answer.status(), answer.body(), limits)
                    : new Outcome.Failure(((HttpFetch.Failed) message.reply()).reason());
            message.announce().replyTo().tell(new Line.Answered(number, outcome));
        }
        return this;
    }
}
