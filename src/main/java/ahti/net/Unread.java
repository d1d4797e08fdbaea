package ahti.net;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Datagrams that were handed to a receiver which has not handled them yet. Bounded: while there are as many as may be, further
 * ones are lost. Sockets count here on their threads, the receiver on its own.
 */
public final class Unread {
    private final AtomicInteger count = new AtomicInteger();
    private final int most;

    /** None so far, and {@code most} at the same time. */
    public Unread(int most) {
        this.most = most;
    }

    /** One more has come; false when it has to be lost. */
    public boolean admits() {
        return count.getAndUpdate(before -> Math.min(most, before + 1)) < most;
    }

    boolean isFull() {
        return count.get() >= most;
    }

    /** One was handled; true when half of what may wait has been: a good moment to read on. */
    public boolean taken() {
        int before = count.getAndUpdate(all -> Math.max(0, all - 1));
        return before == most / 2 + 1;
    }
}
