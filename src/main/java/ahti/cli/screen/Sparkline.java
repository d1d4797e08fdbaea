package ahti.cli.screen;

import java.util.ArrayDeque;
import java.util.Deque;

/** The last minute of one rate, a bar for every few seconds; memory is constant. */
final class Sparkline {
    private static final int BARS = 15;
    private static final long BAR_NANOS = 4_000_000_000L;

    private final Deque<Long> bars = new ArrayDeque<>();
    private long newestBegan;

    /** The rate now, in bytes per second. */
    void add(long rate, long nowNanos) {
        if (bars.isEmpty() || nowNanos - newestBegan >= BAR_NANOS) {
            bars.addLast(rate);
            newestBegan = nowNanos;
            if (bars.size() > BARS) {
                bars.removeFirst();
            }
        } else {
            bars.addLast(Math.max(rate, bars.removeLast()));
        }
    }

    /** Exactly {@value #BARS} columns, the newest on the right, the highest full. */
    String draw(Paint paint) {
        long top = bars.stream().mapToLong(Long::longValue).max().orElse(0);
        StringBuilder line = new StringBuilder(" ".repeat(BARS - bars.size()));
        bars.forEach(rate -> line.append(paint.level(top == 0 ? 0 : rate / (double) top)));
        return line.toString();
    }
}
