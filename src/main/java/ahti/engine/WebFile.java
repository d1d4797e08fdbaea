package ahti.engine;

import ahti.config.NetConfig;
import ahti.net.HttpFetch;
import java.net.URI;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.util.ByteString;

/** Fetches a .torrent file from a web server, tells what came of it, and ends. */
public final class WebFile {
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;

    private WebFile() {}

    /** What came of it. */
    public sealed interface Reply {}

    /** The server has it: this is what it sent, which may be anything. */
    public record Fetched(ByteString content) implements Reply {}

    /** The server has no such file. */
    public enum Missing implements Reply {
        INSTANCE
    }

    /** Nobody knows whether there is such a file; {@code reason} is for people. */
    public record Failed(String reason) implements Reply {
        /** Whether the reason is that nobody knows an address of the web server. */
        public boolean isOfItsName() {
            return reason.equals(HttpFetch.NO_SUCH_HOST);
        }
    }

    /**
     * Asks once, within {@code ahti.net.web-timeout} and its neighbours; for no more bytes than a .torrent file may have.
     *
     * @param uri http or https
     */
    public static Behavior<Void> create(EngineSettings settings, URI uri, ActorRef<Reply> replyTo) {
        NetConfig net = settings.config().net();
        HttpFetch.Bounds bounds = new HttpFetch.Bounds(
                net.webTimeout(), settings.config().limits().torrentFileBytes(), net.webRedirects());
        return Behaviors.<HttpFetch.Reply>setup(context -> {
                    context.pipeToSelf(
                            settings.http().get(uri, bounds),
                            (reply, failure) ->
                                    failure == null ? reply : new HttpFetch.Failed("a fault in Ahti: " + failure));
                    return Behaviors.receiveMessage(reply -> {
                        replyTo.tell(reply(reply));
                        return Behaviors.stopped();
                    });
                })
                .unsafeCast();
    }

    private static Reply reply(HttpFetch.Reply reply) {
        if (reply instanceof HttpFetch.Failed failed) {
            return new Failed(failed.reason());
        }
        HttpFetch.Answer answer = (HttpFetch.Answer) reply;
        return switch (answer.status()) {
            case OK -> new Fetched(answer.body());
            case NOT_FOUND, GONE -> Missing.INSTANCE;
            default -> new Failed("the web server answers with " + answer.status());
        };
    }
}
