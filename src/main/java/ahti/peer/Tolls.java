package ahti.peer;

import ahti.core.BlockRef;
import ahti.limit.Account;
import ahti.limit.Allotter;
import ahti.limit.Flow;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;

/**
 * What a connection owes the allotter for the bytes that it moved, each way, and how much it may have ready to be sent. While
 * nothing is limited it costs nothing.
 *
 * <p>All that comes counts, for nobody knows before what it is; of what leaves, blocks do: words are never held up.
 */
final class Tolls {
    /** What to have ready for the peer: more would be read from disk for nothing when the peer changes its mind. */
    private static final int SECONDS_READY = 1;

    /** Bytes of a whole block as it travels. */
    private static final int BLOCK = BlockRef.MAX_LENGTH + 13;

    private static final long LEAST_READY = 4L * BlockRef.MAX_LENGTH;

    private final Duration horizon;
    private final Account down = new Account();
    private final Account up = new Account();
    /** What came and may not be looked at yet: one read at most. */
    private ByteString waiting = ByteString.emptyByteString();
    /** Bytes that may be in flight to us, if the least is not more. */
    private double window;
    /** Bytes of blocks that may be ready for the peer. */
    private long stock = LEAST_READY;
    /** Whether the peer may ask for blocks, and whether the allotter knows that. */
    private boolean serves;

    private boolean saidServes;

    /** {@code horizon}: how much of what the limit lets through to keep in flight. */
    Tolls(Duration horizon) {
        this.horizon = horizon;
    }

    /** The allotter says something; before that nothing is limited. */
    void heard(Allotter.Notice notice) {
        if (notice instanceof Allotter.Stock part) {
            stock = serves ? part.bytes() : LEAST_READY;
            return;
        }
        if (notice.flow() == Flow.UP) {
            up.heard(notice);
            return;
        }
        down.heard(notice);
        if (notice instanceof Allotter.Terms) {
            window = 0;
        } else if (down.isShort()) {
            window = (double) down.pace() * horizon.toMillis() / 1000;
        }
    }

    /** These bytes came; {@link #next} gives them out. */
    void came(ByteString bytes) {
        waiting = waiting.isEmpty() ? bytes : waiting.concat(bytes);
    }

    /** What may be looked at now: a block at a time, for one read may be worth seconds. Empty when nothing may. */
    ByteString next() {
        if (!down.mayGoOn()) {
            return ByteString.emptyByteString();
        }
        ByteString part = down.isLimited() ? waiting.take(BLOCK) : waiting;
        waiting = waiting.drop(part.length());
        down.moved(part.length());
        window += part.length();
        return part;
    }

    /** So many bytes of blocks leave. */
    void leave(long bytes) {
        up.moved(bytes);
    }

    /** Whether the next read may come: all of the last one was given out. */
    boolean mayRead() {
        return waiting.isEmpty() && down.mayGoOn();
    }

    /** Whether another block may leave. */
    boolean maySend() {
        return up.mayGoOn();
    }

    /**
     * Blocks that may be in flight: as many as come within the horizon at the pace that the limit leaves us. Until the limit
     * is felt nobody knows that pace: many begin at the same time, and each sees all that is left. So they begin with the
     * least, and one more for each that comes.
     */
    int window(int unlimited, int least) {
        return down.isLimited()
                ? (int) Math.min(unlimited, Math.max(least, Math.ceil(window / BlockRef.MAX_LENGTH)))
                : unlimited;
    }

    /** Bytes of blocks to have ready: as many as leave soon, and no more than our part of the memory for them. */
    long ready() {
        return up.isLimited() ? Math.min(stock, Math.max(LEAST_READY, up.pace() * SECONDS_READY)) : stock;
    }

    /** Whether the peer may ask for blocks now; the allotter hears it with {@link #settle}. */
    void serves(boolean mayAsk) {
        serves = mayAsk;
        if (!mayAsk) {
            stock = LEAST_READY;
        }
    }

    /** Tells the allotter what is new since it last heard; {@code self} is who moves bytes and is paid for it. */
    void settle(ActorRef<Allotter.Command> allotter, ActorRef<Allotter.Notice> self) {
        if (serves != saidServes) {
            saidServes = serves;
            allotter.tell(new Allotter.Serve(self, serves));
        }
        long came = down.unsaid();
        long left = up.unsaid();
        if (came + left > 0) {
            allotter.tell(new Allotter.Moved(self, came, left));
        }
    }
}
