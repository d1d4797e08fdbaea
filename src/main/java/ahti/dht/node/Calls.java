package ahti.dht.node;

import ahti.config.DhtConfig;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.apache.pekko.util.ByteString;

/**
 * Queries that are not answered yet. An answer counts only with the transaction of a query and from the address that was
 * asked; both together are hard to guess. Time is handed in.
 */
final class Calls {
    private static final int TRANSACTION = 4;

    private final RandomGenerator random;
    private final long slowAfter;
    private final long timeout;
    /** In the order in which they were asked, which is that of their deadlines. */
    private final Map<Integer, Call> open = new LinkedHashMap<>();

    /** A query that was sent, and on whose behalf. */
    static final class Call {
        final InetSocketAddress to;
        final Errand errand;
        private final long deadline;
        private final long slowFrom;
        private boolean slow;

        private Call(InetSocketAddress to, Errand errand, long slowFrom, long deadline) {
            this.to = to;
            this.errand = errand;
            this.slowFrom = slowFrom;
            this.deadline = deadline;
        }
    }

    Calls(DhtConfig config, RandomGenerator random) {
        this.random = random;
        this.slowAfter = config.slowAfter().toNanos();
        this.timeout = config.queryTimeout().toNanos();
    }

    /** Notes a query that is about to be sent, and makes its transaction. */
    ByteString open(InetSocketAddress to, Errand errand, long now) {
        int number = random.nextInt();
        while (open.containsKey(number)) {
            number = random.nextInt();
        }
        open.put(number, new Call(to, errand, now + slowAfter, now + timeout));
        return ByteString.fromArrayUnsafe(
                ByteBuffer.allocate(TRANSACTION).putInt(number).array());
    }

    /** The query that this answers, taken out; empty when there is none. */
    Optional<Call> close(InetSocketAddress from, ByteString transaction) {
        if (transaction.size() != TRANSACTION) {
            return Optional.empty();
        }
        int number = transaction.asByteBuffer().getInt();
        Call call = open.get(number);
        if (call == null || !call.to.equals(from)) {
            return Optional.empty();
        }
        open.remove(number);
        return Optional.of(call);
    }

    /** Whether that address is being asked something. */
    boolean isAsking(InetSocketAddress address) {
        return open.values().stream().anyMatch(call -> call.to.equals(address));
    }

    /** Those that have become slow since the last call. */
    List<Call> slow(long now) {
        List<Call> slow = new ArrayList<>();
        for (Call call : open.values()) {
            if (call.slowFrom > now) {
                break;
            }
            if (!call.slow) {
                call.slow = true;
                slow.add(call);
            }
        }
        return slow;
    }

    /** Those whose time is over, taken out. */
    List<Call> overdue(long now) {
        List<Call> overdue = new ArrayList<>();
        Iterator<Call> oldestFirst = open.values().iterator();
        while (oldestFirst.hasNext()) {
            Call call = oldestFirst.next();
            if (call.deadline > now) {
                break;
            }
            oldestFirst.remove();
            overdue.add(call);
        }
        return overdue;
    }

    /** When something becomes slow or overdue next. */
    OptionalLong next() {
        long next = Long.MAX_VALUE;
        for (Call call : open.values()) {
            next = Math.min(next, call.slow ? call.deadline : call.slowFrom);
            if (!call.slow) {
                break; // whatever was asked later becomes slow later
            }
        }
        return open.isEmpty() ? OptionalLong.empty() : OptionalLong.of(next);
    }

    int size() {
        return open.size();
    }
}
