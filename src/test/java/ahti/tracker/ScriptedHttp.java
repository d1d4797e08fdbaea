package ahti.tracker;

import ahti.bencode.DictBuilder;
import ahti.net.HttpFetch;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.util.ByteString;

/** HTTP trackers that the test plays itself: each fetch arrives at a probe and waits for its reply. */
record ScriptedHttp(TestProbe<Asked> asked) implements HttpFetch {

    /** A fetch in flight. */
    record Asked(URI uri, boolean fitsNeighbours, CompletableFuture<Reply> reply) {

        String host() {
            return uri.getHost();
        }

        /** The value of a parameter, empty when it is not there. */
        String parameter(String name) {
            return ScriptedHttp.parameter(uri, name);
        }

        String event() {
            return parameter("event");
        }

        /** From a server that is known to be in the Internet. */
        void answerFromAfar(DictBuilder body) {
            reply.complete(
                    new Answer(200, ByteString.fromArray(body.encode()), Optional.empty(), Optional.empty(), true));
        }

        void answer(DictBuilder body) {
            reply.complete(new Answer(200, ByteString.fromArray(body.encode())));
        }

        /** An answer with an interval and nothing else. */
        void answer(Duration interval) {
            answer(new DictBuilder().put("interval", interval.toSeconds()));
        }

        void fail() {
            reply.complete(new Failed("no such host"));
        }
    }

    static String parameter(URI uri, String name) {
        for (String pair : uri.getRawQuery().split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return pair.substring(name.length() + 1);
            }
        }
        return "";
    }

    @Override
    public CompletionStage<Reply> get(Request request, Bounds bounds) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        asked.ref().tell(new Asked(request.uri(), request.kind().fits(request.uri()), reply));
        return reply;
    }

    Asked next() {
        return asked.receiveMessage();
    }
}
