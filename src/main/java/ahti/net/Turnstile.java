package ahti.net;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;

/**
 * Lets a limited number in at the same time; the others queue, first come, first served.
 *
 * <p>Used by the streams of many actors, hence the lock. Who waits is completed outside of it.
 */
final class Turnstile {
    private final Queue<CompletableFuture<Done>> waiting = new ArrayDeque<>();
    private int free;

    Turnstile(int limit) {
        this.free = limit;
    }

    /** Completes when the caller is in; whoever is in must {@link #leave} exactly once. */
    synchronized CompletionStage<Done> enter() {
        CompletableFuture<Done> turn = new CompletableFuture<>();
        if (free > 0) {
            free--;
            turn.complete(Done.done());
        } else {
            waiting.add(turn);
        }
        return turn;
    }

    /** Makes room for the next. */
    void leave() {
        CompletableFuture<Done> next = takeNext();
        if (next != null) {
            next.complete(Done.done());
        }
    }

    private synchronized @Nullable CompletableFuture<Done> takeNext() {
        CompletableFuture<Done> next = waiting.poll();
        if (next == null) {
            free++;
        }
        return next;
    }
}
