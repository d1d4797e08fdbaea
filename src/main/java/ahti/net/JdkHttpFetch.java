package ahti.net;

import ahti.core.BindsTheRealWorld;
import ahti.core.Text;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * {@link HttpFetch} over the JDK's own client: HTTP and HTTPS, gzip, no cookies, no proxy, no other scheme.
 *
 * <p>One deadline covers the whole fetch, so a server that drips a byte a second is cut off like a silent one.
 */
@BindsTheRealWorld("the machine's sockets and clock, through the JDK's HTTP client")
public final class JdkHttpFetch implements HttpFetch {
    private static final int THREADS = 16;
    private static final int LONGEST_REASON = 200;

    private final Executor executor;
    private final Runnable end;
    /** Made on a thread of the executor: its own thread then ends with those. */
    private @Nullable HttpClient client;

    private JdkHttpFetch(Executor executor, Runnable end) {
        this.executor = executor;
        this.end = end;
    }

    /**
     * A client that works on these threads.
     *
     * @param executor may block: names are resolved on it
     */
    public JdkHttpFetch(Executor executor) {
        this(executor, () -> {});
    }

    /** A client on daemon threads of its own, started when needed; they end when it is closed. */
    public static JdkHttpFetch onDaemonThreads() {
        DaemonThreads threads = new DaemonThreads("ahti-http", THREADS);
        return new JdkHttpFetch(threads, threads::close);
    }

    @Override
    public CompletionStage<Reply> get(URI uri, Bounds bounds) {
        CompletableFuture<Reply> result = new CompletableFuture<>();
        result.completeOnTimeout(
                new Failed("no complete answer within " + bounds.timeout().toMillis() + " ms"),
                bounds.timeout().toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            executor.execute(() -> hop(uri, bounds, bounds.maxRedirects(), result));
        } catch (RejectedExecutionException e) {
            result.complete(new Failed("not asked: the engine has stopped"));
        }
        return result;
    }

    @Override
    public void close() {
        end.run();
    }

    private synchronized HttpClient client() {
        HttpClient known = client;
        if (known == null) {
            known = HttpClient.newBuilder()
                    .executor(executor)
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .proxy(HttpClient.Builder.NO_PROXY)
                    .build();
            client = known;
        }
        return known;
    }

    private void hop(URI uri, Bounds bounds, int redirectsLeft, CompletableFuture<Reply> result) {
        Optional<String> refusal = refusal(uri);
        if (refusal.isPresent()) {
            result.complete(new Failed(refusal.get()));
            return;
        }
        CompletableFuture<HttpResponse<byte[]>> exchange;
        try {
            exchange = client().sendAsync(request(uri), head -> new HttpFetchBody(bounds.maxBody()));
        } catch (IllegalArgumentException e) {
            result.complete(new Failed(sentence(e)));
            return;
        }
        // The deadline, or whoever lost interest, hangs up.
        var unusedHangUp = result.whenComplete((reply, failure) -> exchange.cancel(true));
        var unusedAnswer = exchange.whenCompleteAsync(
                (response, failure) -> {
                    if (failure != null) {
                        result.complete(new Failed(sentence(failure)));
                    } else {
                        answered(uri, bounds, redirectsLeft, response, result);
                    }
                },
                executor);
    }

    private void answered(
            URI uri, Bounds bounds, int redirectsLeft, HttpResponse<byte[]> response, CompletableFuture<Reply> result) {
        Optional<String> location = response.headers().firstValue("Location");
        if (!isRedirect(response.statusCode()) || location.isEmpty()) {
            result.complete(body(response, bounds.maxBody()));
        } else if (redirectsLeft == 0) {
            result.complete(new Failed("more than " + bounds.maxRedirects() + " redirects"));
        } else {
            try {
                hop(target(uri, location.get()), bounds, redirectsLeft - 1, result);
            } catch (IllegalArgumentException e) {
                result.complete(new Failed(Text.clean("redirected to no URL: " + location.get(), LONGEST_REASON)));
            }
        }
    }

    private static HttpRequest request(URI uri) {
        return HttpRequest.newBuilder(uri)
                .header("User-Agent", "Ahti/0.1")
                .header("Accept-Encoding", "gzip")
                .build();
    }

    /** Why this URL is not asked at all. Each hop comes through here: the place to judge addresses, too. */
    private static Optional<String> refusal(URI uri) {
        String scheme = Optional.ofNullable(uri.getScheme()).orElse("none").toLowerCase(Locale.ROOT);
        return scheme.equals("http") || scheme.equals("https")
                ? Optional.empty()
                : Optional.of(Text.clean("neither http nor https but " + scheme, LONGEST_REASON));
    }

    /** Where a redirect leads; throws {@link IllegalArgumentException} when nowhere. */
    private static URI target(URI from, String location) {
        // URI.resolve follows RFC 2396, where a query alone replaces the last part of the path.
        boolean queryAlone = location.startsWith("?");
        return from.resolve(queryAlone ? from.getRawPath() + location : location);
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    private static Reply body(HttpResponse<byte[]> response, int most) {
        String encoding = response.headers().firstValue("Content-Encoding").orElse("identity");
        try {
            return switch (encoding.toLowerCase(Locale.ROOT)) {
                case "identity", "" -> new Answer(response.statusCode(), ByteString.fromArrayUnsafe(response.body()));
                case "gzip", "x-gzip" ->
                    new Answer(
                            response.statusCode(),
                            ByteString.fromArrayUnsafe(HttpFetchBody.inflate(response.body(), most)));
                default -> new Failed(Text.clean("encoded as " + encoding, LONGEST_REASON));
            };
        } catch (IOException e) {
            return new Failed(sentence(e));
        }
    }

    private static String sentence(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (has(cause, UnresolvedAddressException.class)) {
            return "no such host";
        } else if (cause instanceof ConnectException) {
            return "cannot connect" + detail(cause);
        } else if (cause instanceof SSLException) {
            return "TLS failed" + detail(cause);
        } else if (cause instanceof IllegalArgumentException) {
            return "no URL that can be asked" + detail(cause);
        } else if (cause instanceof HttpFetchBody.TooLarge) {
            return Text.clean(String.valueOf(cause.getMessage()), LONGEST_REASON);
        }
        return "the connection failed" + detail(cause);
    }

    private static boolean has(@Nullable Throwable failure, Class<? extends Throwable> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static String detail(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? "" : Text.clean(": " + message, LONGEST_REASON);
    }
}
