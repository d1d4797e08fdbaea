package ahti.testkit.script;

import ahti.core.MonotonicClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;

/**
 * A conversation in two columns: what the script did on the left, what it heard from the engine on the right, each with its
 * virtual time. The last {@value #MOST_LINES} lines are kept.
 */
public final class Transcript {
    static final int MOST_LINES = 1_000;
    static final int SHOWN_LINES = 40;
    private static final int TIME_WIDTH = 10;
    private static final int COLUMN_WIDTH = 40;

    /** Whose column a line stands in. */
    public enum Speaker {
        /** The peer or tracker that the test plays. */
        SCRIPT,
        /** The engine, as the script hears it. */
        ENGINE
    }

    /**
     * What was said.
     *
     * @param at virtual time since the beginning
     * @param text a message in short, such as {@code Request 3:16384+16384}
     */
    public record Line(Duration at, Speaker speaker, String text) {}

    private final String script;
    private final MonotonicClock clock;
    private final ArrayDeque<Line> lines = new ArrayDeque<>();
    private int forgotten;

    Transcript(String script, MonotonicClock clock) {
        this.script = script;
        this.clock = clock;
    }

    void does(String text) {
        add(Speaker.SCRIPT, text);
    }

    void hears(String text) {
        add(Speaker.ENGINE, text);
    }

    private void add(Speaker speaker, String text) {
        if (lines.size() == MOST_LINES) {
            lines.removeFirst();
            forgotten++;
        }
        lines.add(new Line(Duration.ofNanos(clock.nanos()), speaker, text));
    }

    /** What was said lately, oldest first. */
    public List<Line> lines() {
        return List.copyOf(lines);
    }

    /** An expectation that was not met, with the conversation that led there. */
    AssertionError failure(String what) {
        return new AssertionError(script + " " + what + "\n\n" + this);
    }

    /** The last {@value #SHOWN_LINES} lines, in two columns. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(right("seconds", TIME_WIDTH))
                .append("  ")
                .append(left(script))
                .append("engine\n");
        int before = Math.max(0, lines.size() - SHOWN_LINES);
        if (before + forgotten > 0) {
            text.append(right("...", TIME_WIDTH))
                    .append("  ")
                    .append(before + forgotten)
                    .append(" lines before\n");
        }
        lines.stream().skip(before).forEach(line -> append(text, line));
        return text.toString();
    }

    private static void append(StringBuilder text, Line line) {
        text.append(right(seconds(line.at()), TIME_WIDTH)).append("  ");
        text.append(line.speaker() == Speaker.SCRIPT ? line.text() : left("") + line.text());
        text.append('\n');
    }

    private static String seconds(Duration at) {
        String millis = String.valueOf(1000 + at.toMillisPart());
        return at.toSeconds() + "." + millis.substring(1);
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    private static String left(String text) {
        return text + " ".repeat(Math.max(1, COLUMN_WIDTH - text.length()));
    }
}
