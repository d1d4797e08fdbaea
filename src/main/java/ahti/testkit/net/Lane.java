package ahti.testkit.net;

import ahti.testkit.time.VirtualTime;
import java.time.Duration;

/** One direction of a host's access to the network: what is sent queues up and leaves at the lane's rate. */
final class Lane {
    private static final long SECOND = 1_000_000_000L;

    private final VirtualTime time;
    private long bytesPerSecond;
    private long busyUntil;

    Lane(VirtualTime time) {
        this.time = time;
    }

    /** 0: as fast as you like. */
    void rate(long rate) {
        if (rate < 0) {
            throw new IllegalArgumentException("no such rate: " + rate);
        }
        bytesPerSecond = rate;
    }

    /** Calls back when so many bytes have passed. */
    void pass(int bytes, Runnable passed) {
        long begin = Math.max(time.nanos(), busyUntil);
        busyUntil = bytesPerSecond == 0 ? begin : begin + bytes * SECOND / bytesPerSecond;
        var unused = time.after(Duration.ofNanos(busyUntil - time.nanos()), passed);
    }
}
