package ahti.net.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Connections that wait for another request, each for some seconds. Used by many threads, hence the lock. */
final class IdleConnections {
    private static final int MOST = 16;
    private static final int SECONDS = 10;

    /** Oldest first. */
    private final Deque<HttpConnection> waiting = new ArrayDeque<>();

    private final Executor later;
    private boolean closed;

    /** {@code threads}: close what nobody has taken. */
    IdleConnections(Executor threads) {
        this.later = CompletableFuture.delayedExecutor(SECONDS, TimeUnit.SECONDS, threads);
    }

    /** The youngest that leads there: it is the least likely to have been closed by the server. */
    synchronized Optional<HttpConnection> take(Site site) {
        Iterator<HttpConnection> youngest = waiting.descendingIterator();
        while (youngest.hasNext()) {
            HttpConnection connection = youngest.next();
            if (connection.site().equals(site)) {
                youngest.remove();
                return Optional.of(connection);
            }
        }
        return Optional.empty();
    }

    synchronized void put(HttpConnection connection) {
        if (closed) {
            connection.close();
            return;
        }
        if (waiting.size() == MOST) {
            waiting.removeFirst().close();
        }
        waiting.add(connection);
        int answers = connection.answers();
        later.execute(() -> expire(connection, answers));
    }

    /** {@code answers}: when it has carried more, it was in use meanwhile. */
    private synchronized void expire(HttpConnection connection, int answers) {
        if (connection.answers() == answers && waiting.remove(connection)) {
            connection.close();
        }
    }

    synchronized void close() {
        closed = true;
        waiting.forEach(HttpConnection::close);
        waiting.clear();
    }
}
