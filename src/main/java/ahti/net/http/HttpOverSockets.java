package ahti.net.http;

import ahti.config.NetConfig;
import ahti.core.BindsTheRealWorld;
import ahti.net.DaemonThreads;
import ahti.net.HttpFetch;
import ahti.net.LocalAddresses;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;

/**
 * {@link HttpFetch} over sockets: HTTP and HTTPS, gzip, no cookies, no proxy, no other scheme.
 *
 * <p>Every socket is bound to a local address if there are any, and no address of the wrong family is asked. One deadline covers
 * the whole fetch, so a server that drips a byte a second is cut off like a silent one. Nobody of the Internet leads it
 * to the networks around us ({@link Fences}), unless {@code ahti.net.private-redirects} or {@code private-urls} says so.
 */
@BindsTheRealWorld("the machine's sockets and clock")
public final class HttpOverSockets implements HttpFetch {
    /**
     * Threads for each fetch that may be under way: one whose time is over is none any more, and may still hold a thread while
     * the system looks for a name.
     */
    private static final int SPARE = 4;

    /** How long a fetch waits for its turn until somebody makes room for it. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Executor executor;
    private final Runnable end;
    private final Dialler dialler;
    private final IdleConnections idle;
    private final Fences fences;
    private final Turns turns;
    private final Duration patience;
    private final Map<Long, CompletableFuture<Reply>> underWay = new ConcurrentHashMap<>();
    private final AtomicLong asked = new AtomicLong();

    /** {@code patience}: how long a fetch waits for its turn until somebody makes room for it. */
    HttpOverSockets(
            Executor executor,
            Runnable end,
            LocalAddresses from,
            NetConfig config,
            Supplier<SSLSocketFactory> tls,
            Fences fences,
            Duration patience) {
        this.executor = executor;
        this.end = end;
        this.dialler = new Dialler(from, config.connectTimeout(), tls);
        this.idle = new IdleConnections(executor);
        this.fences = fences;
        this.turns = new Turns(config.maxFetches());
        this.patience = patience;
    }

    /** A client on daemon threads of its own, started when needed; they end when it is closed. */
    public static HttpOverSockets onDaemonThreads(LocalAddresses from, NetConfig config) {
        DaemonThreads threads = new DaemonThreads("ahti-http", SPARE * config.maxFetches());
        return new HttpOverSockets(
                threads,
                threads::close,
                from,
                config,
                () -> (SSLSocketFactory) SSLSocketFactory.getDefault(),
                Fences.of(config),
                PATIENCE);
    }

    @Override
    public CompletionStage<Reply> get(Request request, Bounds bounds) {
        CompletableFuture<Reply> result = new CompletableFuture<>();
        result.completeOnTimeout(
                new Failed("no complete answer within " + bounds.timeout().toMillis() + " ms"),
                bounds.timeout().toMillis(),
                TimeUnit.MILLISECONDS);
        long number = asked.incrementAndGet();
        underWay.put(number, result);
        Turns.Fetch fetch = new Turns.Fetch(
                request.torrent(),
                String.valueOf(request.uri().getHost()),
                () -> begin(new Exchange(dialler, idle, fences, request, bounds, result), result),
                () -> result.complete(new Failed("slow, and made room for those of other torrents and servers")));
        var unused = result.whenComplete((reply, failure) -> {
            underWay.remove(number);
            turns.leave(fetch).forEach(next -> next.begin.run());
        });
        turns.enter(fetch).forEach(next -> next.begin.run());
        insist(fetch);
        return result;
    }

    private void begin(Exchange exchange, CompletableFuture<Reply> result) {
        try {
            executor.execute(exchange::run);
        } catch (RejectedExecutionException e) {
            result.complete(stopped());
        }
    }

    /** As long as it waits, it asks for room again and again. */
    private void insist(Turns.Fetch fetch) {
        if (turns.isWaiting(fetch)) {
            CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
                    .execute(() -> {
                        turns.makesRoomFor(fetch).ifPresent(oldest -> oldest.end.run());
                        insist(fetch);
                    });
        }
    }

    private static Failed stopped() {
        return new Failed("not asked: the engine has stopped");
    }

    @Override
    public void close() {
        turns.close();
        end.run();
        // A thread that waits for a socket does not hear an interrupt.
        underWay.values().forEach(result -> result.complete(stopped()));
        idle.close();
    }
}
