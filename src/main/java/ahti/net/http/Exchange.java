package ahti.net.http;

import ahti.net.HttpFetch;
import ahti.net.HttpFetch.Bounds;
import ahti.net.HttpFetch.Reply;
import ahti.net.HttpFetch.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One fetch, with its redirects, on a thread that may block. Ends at once when its result is decided by somebody else. */
final class Exchange {
    private final Dialler dialler;
    private final IdleConnections idle;
    private final Fences fences;
    private final Request request;
    private final Bounds bounds;
    private final CompletableFuture<Reply> result;
    private @Nullable Socket open;
    /** Who has redirected us. */
    private final List<InetAddress> senders = new ArrayList<>();

    /** {@code fences}: where it may not lead. */
    Exchange(
            Dialler dialler,
            IdleConnections idle,
            Fences fences,
            Request request,
            Bounds bounds,
            CompletableFuture<Reply> result) {
        this.dialler = dialler;
        this.idle = idle;
        this.fences = fences;
        this.request = request;
        this.bounds = bounds;
        this.result = result;
    }

    /** To be called once. */
    void run() {
        if (result.isDone()) {
            return;
        }
        // The deadline, or the end of the engine, hangs up.
        var unused = result.whenComplete((reply, failure) -> hangUp());
        try {
            result.complete(follow());
        } catch (Trouble e) {
            result.complete(new HttpFetch.Failed(e.reason(), e.isLasting()));
        } catch (SocketTimeoutException e) {
            result.complete(
                    new HttpFetch.Failed("nothing came for " + bounds.silence().toMillis() + " ms"));
        } catch (IOException e) {
            result.complete(new HttpFetch.Failed(
                    Trouble.passing("the connection failed", e).reason()));
        } catch (RuntimeException bug) {
            // Whoever waits hears of it now, not when the time is up.
            result.completeExceptionally(bug);
        }
    }

    private Reply follow() throws IOException {
        URI uri = request.uri();
        for (int redirects = 0; redirects <= bounds.maxRedirects(); redirects++) {
            // What waits may be of any family.
            HttpConnection connection = request.family().isPresent()
                    ? null
                    : idle.take(Site.of(uri)).orElse(null);
            if (connection == null) {
                connection = dial(uri);
            } else {
                // The name may be another's by now; the address of the connection is what counts.
                check(connection.remote(), uri);
                opened(connection);
            }
            Head head;
            try {
                head = connection.ask(uri, request);
            } catch (IOException e) {
                connection.close();
                if (!connection.isUsed() || result.isDone()) {
                    throw e;
                }
                // The server had closed it; that is no fault of anybody.
                connection = dial(uri);
                head = connection.ask(uri, request);
            }
            Optional<String> target = head.redirect();
            if (target.isEmpty()) {
                return answer(connection, head);
            }
            senders.add(connection.remote());
            connection.close();
            uri = target(uri, target.get());
        }
        throw Trouble.lasting("more than " + bounds.maxRedirects() + " redirects");
    }

    private Reply answer(HttpConnection connection, Head head) throws IOException {
        try {
            Reply reply = connection.answer(head, bounds.maxBody());
            if (connection.isReusable() && request.range().isPresent()) {
                letGo();
                idle.put(connection);
                return reply;
            }
            connection.close();
            return reply;
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    private HttpConnection dial(URI uri) throws IOException {
        return dialler.open(Site.of(uri), request.family(), address -> check(address, uri), this::opened);
    }

    private void check(InetAddress address, URI uri) throws Trouble {
        fences.check(address, request.kind().fits(uri), senders);
    }

    /** Where a redirect leads. */
    static URI target(URI from, String location) throws Trouble {
        try {
            // URI.resolve follows RFC 2396, where a query alone replaces the last part of the path.
            boolean queryAlone = location.startsWith("?");
            return from.resolve(queryAlone ? from.getRawPath() + location : location);
        } catch (IllegalArgumentException e) {
            throw Trouble.lasting("redirected to no URL: " + location);
        }
    }

    private void opened(HttpConnection connection) {
        opened(connection.socket());
    }

    private synchronized void opened(Socket socket) {
        open = socket;
        try {
            // The deadline alone ends what may be silent as long as it lasts.
            boolean isImpatient = bounds.silence().compareTo(bounds.timeout()) < 0;
            socket.setSoTimeout(isImpatient ? Math.toIntExact(bounds.silence().toMillis()) : 0);
        } catch (SocketException e) {
            // It is closed already, as whoever uses it will see.
        }
        if (result.isDone()) {
            hangUp();
        }
    }

    /** The connection is somebody else's now. */
    private synchronized void letGo() {
        open = null;
    }

    private synchronized void hangUp() {
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It is gone, which is all that was wanted.
            }
        }
    }
}
