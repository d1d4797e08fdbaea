package ahti.cli.screen;

import ahti.core.MonotonicClock;
import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;

/** One line on a terminal for work whose size is known: hashing, verifying. Fed from any thread, one call at a time. */
public final class WorkBar implements LongConsumer {
    private static final long REDRAW_NANOS = Duration.ofMillis(100).toNanos();
    private static final int LEAST_BAR = 5;

    private final Console console;
    private final Paint paint;
    private final String what;
    private final long total;
    private final int columns;
    private final MonotonicClock clock;
    private final long began;
    private long drawn;

    /** {@code what}: a word such as "hashing"; {@code total} in bytes. */
    public WorkBar(Console console, Paint paint, String what, long total, int columns, MonotonicClock clock) {
        this.console = console;
        this.paint = paint;
        this.what = what;
        this.total = total;
        this.columns = columns;
        this.clock = clock;
        this.began = clock.nanos();
        this.drawn = began - REDRAW_NANOS;
    }

    @Override
    public void accept(long done) {
        long now = clock.nanos();
        if (now - drawn >= REDRAW_NANOS) {
            drawn = now;
            console.frame(List.of(line(done, now - began)));
        }
    }

    private String line(long done, long nanos) {
        String rate = nanos > 0 ? "  " + Phrases.rate((long) (done * 1e9 / nanos)) : "";
        String facts = " " + Phrases.percent(done, total) + " of " + Phrases.size(total) + rate;
        int bar = Math.max(LEAST_BAR, columns - 1 - Columns.width(what + facts) - 3);
        int full = (int) (bar * Math.min(1, total == 0 ? 1 : done / (double) total));
        return Columns.cut(
                what + " [" + String.valueOf(paint.level(1)).repeat(full) + " ".repeat(bar - full) + "]" + facts,
                columns - 1);
    }
}
