package ahti.testkit.net;

import ahti.testkit.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import org.apache.pekko.util.ByteString;

/**
 * Half of a connection: bytes from one host to the other, as TCP carries them. Segments leave by turns with those of the
 * host's other connections, take their time, arrive in order, and wait until the receiver reads; what was sent and not yet
 * read is bounded by a window, as is what waits to be sent.
 */
final class Direction {
    private static final int SEGMENT = 16 * 1024;
    private static final int SEND_BUFFER = 128 * 1024;
    private static final int READ_AT_ONCE = 64 * 1024;
    private static final int WINDOW = 2 * 1024 * 1024;
    private static final Duration RETRANSMISSION = Duration.ofMillis(200);

    /** What happens at the two ends. */
    interface Ends {
        void writable();

        void received(ByteString bytes);

        void endReached();
    }

    private final VirtualTime time;
    private final SimulatedNetwork network;
    private final Host from;
    private final Host to;
    private final Ends ends;
    private final ArrayDeque<ByteString> unsent = new ArrayDeque<>();
    private final ArrayDeque<ByteString> held = new ArrayDeque<>();
    private final ArrayDeque<ByteString> arrived = new ArrayDeque<>();
    private int unsentBytes;
    private int inFlight;
    private long lastArrival;
    private boolean open;
    private boolean passing;
    private boolean writableOwed;
    private boolean finishing;
    private boolean finSent;
    private boolean finArrived;
    private boolean wanted;
    private boolean senderGone;
    private boolean receiverGone;
    private boolean lost;
    private boolean gap;

    Direction(SimulatedNetwork network, Host from, Host to, Ends ends) {
        this.time = network.time();
        this.network = network;
        this.from = from;
        this.to = to;
        this.ends = ends;
    }

    /** The connection is there: what was said before leaves now. */
    void open() {
        open = true;
        pump();
    }

    void send(ByteString bytes) {
        if (bytes.nonEmpty()) {
            unsent.add(bytes);
            unsentBytes += bytes.size();
        }
        writableOwed = true;
        pump();
        offerRoom();
    }

    int backlog() {
        return unsentBytes;
    }

    void finish() {
        finishing = true;
        pump();
    }

    void read() {
        wanted = true;
        give();
    }

    /** The sender is gone: what left arrives, no more leaves; nobody repeats what is held, and nothing comes after a gap. */
    void senderGone() {
        senderGone = true;
        gap = !held.isEmpty();
        unsent.clear();
        held.clear();
    }

    /** The receiver is gone: the sender may go on for a while, and nobody hears it. */
    void receiverGone() {
        receiverGone = true;
        arrived.clear();
    }

    /** Nothing arrives any more, and nobody hears of it. */
    void lost() {
        lost = true;
        held.clear();
    }

    /** The way is open again. */
    void healed() {
        List<ByteString> again = List.copyOf(held);
        held.clear();
        again.forEach(segment -> travel(segment, RETRANSMISSION));
    }

    private void offerRoom() {
        if (writableOwed && unsentBytes < SEND_BUFFER && !senderGone) {
            writableOwed = false;
            ends.writable();
        }
    }

    private void pump() {
        if (!open || passing || senderGone || inFlight >= WINDOW) {
            return;
        }
        if (unsent.isEmpty()) {
            if (finishing && !finSent) {
                finSent = true;
                travel(ByteString.emptyByteString(), Duration.ZERO);
            }
            return;
        }
        ByteString segment = take(unsent, SEGMENT);
        unsentBytes -= segment.size();
        inFlight += segment.size();
        passing = true;
        from.up().pass(segment.size(), () -> {
            passing = false;
            travel(segment, Duration.ZERO);
            pump();
            offerRoom();
        });
    }

    /** An empty segment is the end. */
    private void travel(ByteString segment, Duration late) {
        if (lost || gap) {
            return;
        }
        if (!held.isEmpty() || network.isCut(from, to)) {
            held.add(segment);
            return;
        }
        Duration delay = network.delay(from, to).plus(late);
        while (network.loses(from, to)) {
            delay = delay.plus(RETRANSMISSION).plus(network.path(from, to).latency());
        }
        lastArrival = Math.max(lastArrival, time.nanos() + delay.toNanos());
        var unused = time.after(
                Duration.ofNanos(lastArrival - time.nanos()),
                () -> to.down().pass(segment.size(), () -> arrive(segment)));
    }

    private void arrive(ByteString segment) {
        if (receiverGone || lost) {
            return;
        }
        if (segment.isEmpty()) {
            finArrived = true;
        } else {
            arrived.add(segment);
        }
        give();
    }

    private void give() {
        if (receiverGone) {
            return;
        }
        if (!arrived.isEmpty()) {
            if (wanted) {
                wanted = false;
                ByteString bytes = take(arrived, READ_AT_ONCE);
                acknowledge(bytes.size());
                ends.received(bytes);
            }
        } else if (finArrived) {
            ends.endReached();
        }
    }

    private void acknowledge(int bytes) {
        var unused = time.after(network.path(from, to).latency(), () -> {
            inFlight -= bytes;
            pump();
            offerRoom();
        });
    }

    /** The first bytes of a queue, as many as there are up to {@code most}. */
    private static ByteString take(ArrayDeque<ByteString> queue, int most) {
        ByteString taken = queue.remove();
        while (taken.size() < most && !queue.isEmpty()) {
            taken = taken.concat(queue.remove());
        }
        if (taken.size() > most) {
            queue.addFirst(taken.drop(most));
            taken = taken.take(most);
        }
        return taken;
    }
}
