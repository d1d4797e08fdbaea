package ahti.net;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.util.ByteString;

/**
 * Fetches small things over HTTP and HTTPS. A seam: the simulated network answers in the place of {@link JdkHttpFetch}.
 *
 * <p>What the other side does wrong is a {@link Failed}; the stage never completes exceptionally because of it.
 */
public interface HttpFetch {

    /**
     * Asks for {@code uri} and follows its redirects. The stage completes within {@link Bounds#timeout}, on a thread of the
     * implementation: an actor takes it with {@code pipeToSelf}.
     */
    CompletionStage<Reply> get(URI uri, Bounds bounds);

    /** Gives back what it holds, threads above all; nothing is asked afterwards. */
    default void close() {}

    /**
     * How much a stranger may cost us.
     *
     * @param timeout from the call to the last byte, redirects included
     * @param maxBody bytes of the body, before and after inflation
     * @param maxRedirects redirects followed
     */
    record Bounds(Duration timeout, int maxBody, int maxRedirects) {
        public Bounds {
            if (timeout.isNegative() || timeout.isZero() || maxBody < 0 || maxRedirects < 0) {
                throw new IllegalArgumentException(
                        "no such bounds: " + timeout + ", " + maxBody + " bytes, " + maxRedirects + " redirects");
            }
        }
    }

    /** What came of it. */
    sealed interface Reply {}

    /** A complete answer, whatever its status, inflated. */
    record Answer(int status, ByteString body) implements Reply {}

    /** No answer. The reason is for people, and cleaned. */
    record Failed(String reason) implements Reply {}
}
