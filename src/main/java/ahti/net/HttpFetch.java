package ahti.net;

import ahti.core.InfoHash;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.util.ByteString;

/**
 * Fetches small things, and parts of large ones, over HTTP and HTTPS. A seam: the simulated network answers in the place of
 * {@link HttpOverSockets}.
 *
 * <p>What the other side does wrong is a {@link Failed}; the stage never completes exceptionally because of it.
 */
public interface HttpFetch {

    /** The reason of a {@link Failed} when nobody knows an address of the host. */
    String NO_SUCH_HOST = "no such host";

    /**
     * Asks for it and follows redirects. The stage completes within {@link Bounds#timeout}, on a thread of the
     * implementation: an actor takes it with {@code pipeToSelf}.
     */
    CompletionStage<Reply> get(Request request, Bounds bounds);

    /** Asks for all of {@code uri}. */
    default CompletionStage<Reply> get(URI uri, Bounds bounds) {
        return get(new Request(uri, Optional.empty()), bounds);
    }

    /** Gives back what it holds, threads above all; nothing is asked afterwards. */
    default void close() {}

    /**
     * What is asked for.
     *
     * @param range a part of it: the answer is that part with status 206, or all with 200, which {@link Bounds#maxBody} bounds,
     *     too. The connection is kept for the next part
     * @param family the only address family to ask over; empty for either
     * @param kind what a server in a private network may be asked for, by the URL and by wherever that redirects
     * @param torrent on whose behalf; empty when for none. When more is asked for than can be at the same time, what there is
     *     is shared out among torrents, and among servers
     */
    record Request(URI uri, Optional<Range> range, Optional<IpFamily> family, Kind kind, Optional<InfoHash> torrent) {
        /** Over either address family, whichever works first, of any server. */
        public Request(URI uri, Optional<Range> range) {
            this(uri, range, Optional.empty(), Kind.ANYTHING, Optional.empty());
        }
    }

    /**
     * What is fetched. Strangers choose the URLs in torrents and those that redirects lead to, and a device of a private network
     * may take what it is asked for as an order: of those only what looks like what it should be is asked.
     */
    enum Kind {
        /** Chosen by the user. */
        ANYTHING {
            @Override
            public boolean fits(URI url) {
                return true;
            }
        },
        /** Of a tracker: the last part of the path begins as those of trackers do. */
        ANNOUNCE {
            @Override
            public boolean fits(URI url) {
                String path = url.getRawPath() == null ? "" : url.getRawPath();
                int last = path.lastIndexOf('/') + 1;
                return path.startsWith("announce", last) || path.startsWith("scrape", last);
            }
        },
        /** Of a web seed: without a query. */
        FILE {
            @Override
            public boolean fits(URI url) {
                return url.getRawQuery() == null;
            }
        };

        /** Whether a server in a private network may be asked for it. */
        public abstract boolean fits(URI url);
    }

    /** Bytes of a file, from {@code first} to {@code last}, both of them included (RFC 9110, 14.1.2). */
    record Range(long first, long last) {
        public Range {
            if (first < 0 || last < first) {
                throw new IllegalArgumentException("no such range: " + first + "-" + last);
            }
        }

        /** How many bytes. */
        public long length() {
            return last - first + 1;
        }
    }

    /**
     * How much a stranger may cost us.
     *
     * @param timeout from the call to the last byte, redirects included
     * @param silence how long nothing may come, each time
     * @param maxBody bytes of the body, before and after inflation
     * @param maxRedirects redirects followed
     */
    record Bounds(Duration timeout, Duration silence, int maxBody, int maxRedirects) {
        public Bounds {
            boolean isTime = !timeout.isNegative() && !timeout.isZero() && !silence.isNegative() && !silence.isZero();
            if (!isTime || maxBody < 0 || maxRedirects < 0) {
                throw new IllegalArgumentException("no such bounds: " + timeout + ", " + silence + ", " + maxBody
                        + " bytes, " + maxRedirects + " redirects");
            }
        }

        /** Where nobody looks whether something comes meanwhile. */
        public Bounds(Duration timeout, int maxBody, int maxRedirects) {
            this(timeout, timeout, maxBody, maxRedirects);
        }
    }

    /** What came of it. */
    sealed interface Reply {}

    /**
     * A complete answer, whatever its status, inflated.
     *
     * @param part which bytes they are, and of how many (Content-Range); only with status 206
     * @param retryAfter when to ask again, if the answer says so in seconds (Retry-After)
     * @param ofInternet whether the server is known to be in the Internet, and not in a network around us
     */
    record Answer(int status, ByteString body, Optional<Part> part, Optional<Duration> retryAfter, boolean ofInternet)
            implements Reply {
        /** An answer that says no more. */
        public Answer(int status, ByteString body) {
            this(status, body, Optional.empty(), Optional.empty());
        }

        /** An answer of whoever. */
        public Answer(int status, ByteString body, Optional<Part> part, Optional<Duration> retryAfter) {
            this(status, body, part, retryAfter, false);
        }
    }

    /** Which bytes of a file these are; {@code size} is that of the whole file, if the answer tells. */
    record Part(Range range, OptionalLong size) {}

    /**
     * No answer.
     *
     * @param reason for people, and cleaned
     * @param lasting whether asking again is no use: it is no fault of the network
     */
    record Failed(String reason, boolean lasting) implements Reply {
        /** Asking again may help. */
        public Failed(String reason) {
            this(reason, false);
        }
    }
}
