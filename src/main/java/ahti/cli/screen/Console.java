package ahti.cli.screen;

import java.io.PrintStream;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Standard error as a place for lines that stay and, on a terminal, a frame below them that is redrawn.
 *
 * <p>May be used from any thread. While a frame stands the cursor is hidden; {@link #close} restores it and may be called
 * any number of times.
 */
public final class Console {
    private static final String HIDE_CURSOR = "\u001b[?25l";
    private static final String SHOW_CURSOR = "\u001b[?25h";
    private static final String CLEAR_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";

    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

    /** What would steer the terminal, except our colours, line ends and tabs; the joiners are for spelling. */
    private static final Pattern STEERING =
            Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\\n\\t\u001b\u200c\u200d]]|\u001b(?!\\[[0-9;]*m)");

    private final PrintStream out;
    private List<String> frame = List.of();
    private boolean closed;

    /** A console on this stream. */
    public Console(PrintStream out) {
        this.out = out;
    }

    /** Draws these lines in place of the frame before. Each must be narrower than the terminal. */
    public synchronized void frame(List<String> lines) {
        if (!closed) {
            List<String> shown = lines.stream().map(Console::harmless).toList();
            write((frame.isEmpty() ? HIDE_CURSOR : home(frame.size())) + drawn(shown));
            frame = shown;
        }
    }

    /** Prints a line above the frame. */
    public synchronized void line(String text) {
        String shown = harmless(text);
        write(frame.isEmpty() ? shown + "\n" : home(frame.size()) + shown + CLEAR_LINE + "\n" + drawn(frame));
    }

    /** Removes the frame. */
    public synchronized void clear() {
        if (!frame.isEmpty()) {
            write(home(frame.size()) + CLEAR_BELOW + SHOW_CURSOR);
            frame = List.of();
        }
    }

    /**
     * Removes the frame from a terminal that has just become {@code columns} wide: one that became narrower has wrapped the
     * lines of the frame, so that it stands on more rows than it was drawn on.
     */
    public synchronized void clear(int columns) {
        int rows = frame.stream()
                .mapToInt(line -> Math.max(
                        1, -Math.floorDiv(-Columns.width(COLOUR.matcher(line).replaceAll("")), columns)))
                .sum();
        if (rows > 0) {
            write(home(rows) + CLEAR_BELOW + SHOW_CURSOR);
            frame = List.of();
        }
    }

    /** Leaves the frame as it is, shows the cursor, and draws no more frames. Lines are still printed. */
    public synchronized void close() {
        if (!frame.isEmpty()) {
            write(SHOW_CURSOR);
            frame = List.of();
        }
        closed = true;
    }

    /** Whatever the text is made of, and whoever said it. */
    private static String harmless(String text) {
        return STEERING.matcher(text).replaceAll("?");
    }

    private static String home(int lines) {
        return "\r\u001b[" + lines + "A";
    }

    private static String drawn(List<String> lines) {
        return String.join(CLEAR_LINE + "\n", lines) + CLEAR_LINE + "\n" + CLEAR_BELOW;
    }

    private void write(String text) {
        out.print(text);
        out.flush();
    }
}
