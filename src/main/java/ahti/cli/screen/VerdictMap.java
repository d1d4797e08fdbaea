package ahti.cli.screen;

import ahti.core.Bitfield;
import java.util.ArrayList;
import java.util.List;

/** Which pieces of a torrent are good, as rows of cells from the first piece to the last. */
public final class VerdictMap {
    private static final int MOST_ROWS = 16;
    private static final int MOST_CELLS = 64;
    private static final int LEAST_CELLS = 8;

    private final Bitfield good;
    private final Bitfield missing;
    private final Paint paint;

    /** Of pieces, those in neither set are bad. */
    public VerdictMap(Bitfield good, Bitfield missing, Paint paint) {
        this.good = good;
        this.missing = missing;
        this.paint = paint;
    }

    /** The rows, each begun by the number of its first piece, and what the cells mean; none wider than {@code columns}. */
    public List<String> rows(int columns) {
        int pieces = good.size();
        int label = String.valueOf(Math.max(0, pieces - 1)).length();
        int cells = Math.max(LEAST_CELLS, Math.min(MOST_CELLS, columns - label - 2));
        int perCell = Math.max(1, (int) Math.ceil(pieces / (double) (cells * MOST_ROWS)));
        List<String> rows = new ArrayList<>();
        for (int first = 0; first < pieces; first += cells * perCell) {
            StringBuilder row =
                    new StringBuilder(" ".repeat(label - String.valueOf(first).length()) + first + " ");
            for (int cell = 0; cell < cells && first + cell * perCell < pieces; cell++) {
                int from = first + cell * perCell;
                row.append(cell(from, Math.min(pieces, from + perCell)));
            }
            rows.add(row.toString());
        }
        rows.add(paint.level(1) + " good  " + paint.bad("!") + " bad  " + paint.gap() + " missing"
                + (perCell > 1 ? "  (" + perCell + " pieces a cell)" : ""));
        return rows;
    }

    /** One bad piece makes a cell bad; otherwise it is as full as it has good pieces. */
    private String cell(int from, int to) {
        int goods = 0;
        for (int piece = from; piece < to; piece++) {
            if (good.get(piece)) {
                goods++;
            } else if (!missing.get(piece)) {
                return paint.bad("!");
            }
        }
        return goods == 0 ? paint.gap() : String.valueOf(paint.level(goods / (double) (to - from)));
    }
}
