package ahti.cli.screen;

import ahti.torrent.TorrentState;
import ahti.torrent.TorrentStatus;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntSupplier;

/** Several torrents on one console: a row for each that runs when it can be drawn, otherwise lines. From any thread. */
public final class Board {
    /** Rows of a terminal that are not ours: one for the cursor, one for how many more there are. */
    private static final int ROWS_LEFT = 2;

    /** How much is said. */
    public enum Style {
        /** Rows that are redrawn. */
        DRAWN,
        /** Lines now and then. */
        LINES,
        /** Only why something failed. */
        QUIET
    }

    private final Console console;
    private final Paint paint;
    private final Style style;
    private final IntSupplier height;
    /** By the number of the torrent. */
    private final SortedMap<Integer, String> rows = new TreeMap<>();

    private int columns;
    private int most;
    private int screens;
    private int ended;

    /**
     * A board.
     *
     * @param columns of the terminal
     * @param height rows of the terminal, measured when it is drawn on, and when it has another width
     */
    public Board(Console console, Paint paint, Style style, int columns, IntSupplier height) {
        this.console = console;
        this.paint = paint;
        this.style = style;
        this.columns = columns;
        this.height = height;
        this.most = style == Style.DRAWN ? rowsOf(height) : 0;
    }

    private static int rowsOf(IntSupplier height) {
        return Math.max(1, height.getAsInt() - ROWS_LEFT);
    }

    /** A place for another torrent. */
    public synchronized Screen screen(String name) {
        return new OneOfMany(this, screens++, name);
    }

    /** How a torrent is; {@code isTime}: a line about it is due. */
    synchronized void show(int row, TorrentStatus status, boolean isTime) {
        boolean isBeginning = status.state() == TorrentState.CHECKING && status.toCheck() == 0;
        if (style == Style.LINES && isTime && !isBeginning) {
            console.line(head(status));
        } else if (style == Style.DRAWN) {
            rows.put(row, head(status));
            draw();
        }
    }

    private String head(TorrentStatus status) {
        return LiveFrame.head(status, 0, Math.max(20, columns - 1), paint);
    }

    synchronized void say(String sentence) {
        if (style != Style.QUIET) {
            console.line(sentence);
        }
    }

    /** Every torrent says so; it is drawn anew once. */
    synchronized void resized(int now) {
        if (style == Style.DRAWN && now != columns) {
            console.clear(now);
            most = rowsOf(height);
        }
        columns = now;
    }

    /** One of them is at its end. */
    synchronized void ended(int row, Closing closing) {
        ended++;
        rows.remove(row);
        if (style == Style.DRAWN && rows.isEmpty()) {
            console.clear();
        }
        if (style != Style.QUIET || !closing.complete()) {
            Endings.ofOne(closing, paint).forEach(console::line);
        }
        if (!rows.isEmpty()) {
            draw();
        } else if (ended == screens) {
            console.close();
        }
    }

    private void draw() {
        List<String> lines = rows.values().stream().limit(most).toList();
        if (rows.size() > lines.size()) {
            lines = new java.util.ArrayList<>(lines);
            lines.add("and " + (rows.size() - most) + " more");
        }
        console.frame(lines);
    }
}
