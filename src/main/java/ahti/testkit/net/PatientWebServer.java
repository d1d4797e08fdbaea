package ahti.testkit.net;

import ahti.net.HttpFetch;
import java.util.function.Consumer;

/** Answers HTTP requests on a {@link SimulatedNetwork} when it likes, or never; the client gives up in its own time. */
@FunctionalInterface
public interface PatientWebServer {

    /** One GET has come. {@code asker} takes one answer, now or later, on the thread of the virtual time. */
    void asked(Host client, HttpFetch.Request request, Consumer<HttpFetch.Reply> asker);
}
