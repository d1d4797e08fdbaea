package ahti.testkit.script;

import ahti.net.HttpFetch;
import ahti.testkit.net.Host;
import ahti.testkit.tracker.HeardAnnounce;
import ahti.testkit.tracker.HttpTracking;
import ahti.testkit.tracker.TrackerAnswer;
import java.net.URI;
import java.util.function.Consumer;
import org.apache.pekko.util.ByteString;

/** Announces over HTTP; each waits for its answer. */
record HttpAnnounceLine(Stage stage, Host host) implements AnnounceLine {
    private static final int OK = 200;

    @Override
    public String url() {
        return "http://" + host.name() + "/announce";
    }

    @Override
    public void listen(Consumer<Question> ear) {
        stage.network().serve(host.name(), (client, request, asker) -> ear.accept(asked(client, request.uri(), asker)));
    }

    private static Asked asked(Host client, URI uri, Consumer<HttpFetch.Reply> asker) {
        return new Asked(HttpTracking.announce(uri.getRawQuery(), client.address()), asker);
    }

    /** One exchange. */
    record Asked(HeardAnnounce announce, Consumer<HttpFetch.Reply> asker) implements Question {

        @Override
        public void answer(TrackerAnswer answer) {
            raw(ByteString.fromArray(HttpTracking.answer(answer, announce.compact())));
        }

        @Override
        public void fail(String reason) {
            raw(ByteString.fromArray(HttpTracking.failure(reason)));
        }

        @Override
        public void raw(ByteString bytes) {
            status(OK, bytes);
        }

        void status(int status, ByteString body) {
            asker.accept(new HttpFetch.Answer(status, body));
        }

        void breakOff() {
            asker.accept(new HttpFetch.Failed("connection reset"));
        }
    }
}
