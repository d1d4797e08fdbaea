package ahti.cli.play;

import ahti.core.BindsTheRealWorld;
import ahti.core.MonotonicClock;
import ahti.engine.Streams;
import ahti.engine.TorrentRef;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.StreamConverters;

/**
 * Answers requests for files, several at once. A player that seeks leaves a conversation and begins another, and we hear of
 * that only when we write; so when there are too many, one that was given nothing for a while makes room.
 */
@BindsTheRealWorld("the HTTP server of the JDK")
final class Conversations implements HttpHandler {
    /** Files being given at the same time; others wait. Players have one or two, and each costs a thread and a reader. */
    static final int MOST = 8;

    /** After so long without a byte a conversation makes room for another. */
    private static final long IDLE_NANOS = Duration.ofSeconds(2).toNanos();

    /** The swarm may be silent for long: it is the client that loses patience, not we. */
    private static final Duration PATIENCE = Duration.ofDays(1);

    private static final int BUFFER = 64 << 10;

    private final ActorSystem<?> system;
    private final TorrentRef torrent;
    private final List<ServedFile> files;
    private final InetSocketAddress local;
    private final MonotonicClock clock;
    /** Being given to clients; that which got something last is the last. Guarded by itself. */
    private final Deque<Gift> underWay = new ArrayDeque<>();

    private static final class Gift {
        final InputStream in;
        long fed;

        Gift(InputStream in, long now) {
            this.in = in;
            this.fed = now;
        }
    }

    Conversations(
            ActorSystem<?> system,
            TorrentRef torrent,
            List<ServedFile> files,
            InetSocketAddress local,
            MonotonicClock clock) {
        this.clock = clock;
        this.system = system;
        this.torrent = torrent;
        this.files = files;
        this.local = local;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer =
                    Answer.to(question(exchange), files, torrent.infoHash().hex(), local);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            boolean isHead = exchange.getRequestMethod().equals("HEAD");
            if (isHead) {
                exchange.getResponseHeaders().set("Content-Length", String.valueOf(answer.length()));
            }
            exchange.sendResponseHeaders(answer.status(), isHead || answer.length() == 0 ? -1 : answer.length());
            if (answer.body().isPresent()) {
                send(answer.body().get(), exchange.getResponseBody());
            }
        }
    }

    private static Answer.Question question(HttpExchange exchange) {
        return new Answer.Question(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Host")),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range")),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("If-Range")));
    }

    private void send(FileRun run, OutputStream out) throws IOException {
        makeRoom();
        try (InputStream in = Streams.file(torrent, run.file(), run.from(), run.to())
                .runWith(StreamConverters.asInputStream(PATIENCE), system)) {
            Gift gift = begin(in);
            try {
                byte[] buffer = new byte[BUFFER];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    out.write(buffer, 0, read);
                    fed(gift);
                }
            } finally {
                end(gift);
            }
        }
    }

    /** Waits until there are few enough, or one of them has got nothing for long enough. */
    private void makeRoom() throws IOException {
        Optional<Gift> idle = Optional.empty();
        synchronized (underWay) {
            while (idle.isEmpty() && underWay.size() >= MOST) {
                long left = underWay.getFirst().fed + IDLE_NANOS - clock.nanos();
                if (left <= 0) {
                    idle = Optional.of(underWay.removeFirst());
                } else {
                    awaitChange(left);
                }
            }
        }
        if (idle.isPresent()) {
            idle.get().in.close();
        }
    }

    private void awaitChange(long nanos) throws IOException {
        try {
            underWay.wait(nanos / 1_000_000 + 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the server stops");
        }
    }

    private Gift begin(InputStream in) {
        synchronized (underWay) {
            Gift gift = new Gift(in, clock.nanos());
            underWay.addLast(gift);
            return gift;
        }
    }

    private void fed(Gift gift) {
        synchronized (underWay) {
            gift.fed = clock.nanos();
            if (underWay.remove(gift)) {
                underWay.addLast(gift);
            }
        }
    }

    private void end(Gift gift) {
        synchronized (underWay) {
            underWay.remove(gift);
            underWay.notifyAll();
        }
    }
}
