package ahti.cli.screen;

import ahti.cli.options.TimeSpan;
import ahti.torrent.TorrentState;
import ahti.torrent.TorrentStatus;
import ahti.torrent.why.WaitReason;
import java.util.List;
import java.util.Locale;

/** The four lines of the live screen, from one status. Never as wide as the terminal, so that no line wraps. */
final class LiveFrame {
    private static final int LABEL = 36;
    private static final int LEAST_NAME = 8;

    private LiveFrame() {}

    /** How many cells the two maps have in a terminal of so many columns. */
    static int cells(int columns) {
        return Math.max(10, columns - 1 - LABEL - 3);
    }

    /**
     * Draws.
     *
     * @param checkRate bytes per second that are checked, while they are
     * @param hint what keys there are; empty for none
     */
    static List<String> draw(
            TorrentStatus status, long checkRate, Sparkline history, int columns, Paint paint, String hint) {
        int room = Math.max(20, columns - 1);
        int cells = Math.min(cells(columns), room - 2);
        String frame = "[" + Maps.stored(status.map(), cells, paint) + "]";
        String copies = "[" + Maps.copies(status.map(), cells, paint) + "]";
        int left = room - cells - 2;
        return List.of(
                head(status, checkRate, room, paint),
                frame + Columns.cut(" " + pieces(status), left),
                copies + Columns.cut(" " + copies(status, paint), left),
                foot(status, history, room, paint, hint.isEmpty() ? "" : paint.dot() + hint));
    }

    /** Name, rates, how far it is: the first line, which says most. */
    static String head(TorrentStatus status, long checkRate, int room, Paint paint) {
        String facts = facts(status, checkRate, paint).stream()
                .map(variant -> "   " + variant)
                .filter(variant -> Columns.width(variant) <= room - LEAST_NAME)
                .findFirst()
                .orElse("   " + progress(status));
        int forName = Math.max(LEAST_NAME, room - Columns.width(facts));
        String name = Columns.fill(Phrases.name(status.name()), forName);
        return Columns.cut(name + facts, room);
    }

    /** From the whole truth down to what matters most: what is done, and when the rest will be. */
    private static List<String> facts(TorrentStatus status, long checkRate, Paint paint) {
        if (status.state() == TorrentState.CHECKING) {
            String checked = Phrases.percent(status.checked(), status.toCheck());
            return List.of(
                    "checking existing data " + Phrases.rate(checkRate) + "   " + checked, "checking " + checked);
        }
        String down = paint.down() + " " + Phrases.rate(status.downRate());
        String up = paint.up() + " " + Phrases.rate(status.upRate());
        String size = Phrases.size(status.wanted());
        String progress = progress(status);
        return List.of(
                size + "   " + down + "  " + up + "   " + progress,
                down + "  " + up + "   " + progress,
                down + "   " + progress);
    }

    private static String progress(TorrentStatus status) {
        if (status.state() == TorrentState.DOWNLOADING) {
            String eta = status.etaSeconds().isPresent()
                    ? "   " + TimeSpan.show(status.etaSeconds().getAsLong()) + " left"
                    : "";
            return Phrases.percent(status.have(), status.wanted()) + eta;
        }
        return status.state().name().toLowerCase(Locale.ROOT);
    }

    private static String pieces(TorrentStatus status) {
        TorrentStatus.Pieces pieces = status.pieces();
        return "pieces " + pieces.stored() + "/" + pieces.wanted()
                + (pieces.inFlight() > 0 ? " (+" + pieces.inFlight() + " in flight)" : "");
    }

    private static String copies(TorrentStatus status, Paint paint) {
        TorrentStatus.Copies copies = status.copies();
        if (status.peers().connected() == 0) {
            return "copies none: no peers";
        }
        long tenths = Math.round(copies.average() * 10);
        return "copies min " + copies.min() + (copies.unavailablePieces() > 0 ? " (!)" : "") + paint.dot() + "avg "
                + tenths / 10 + "." + tenths % 10;
    }

    private static String foot(TorrentStatus status, Sparkline history, int room, Paint paint, String hint) {
        String trackers = status.trackers().isEmpty() ? "" : paint.dot() + Phrases.trackers(status);
        String dht = Phrases.dht(status).map(text -> paint.dot() + text).orElse("");
        String peers = Phrases.peers(status.peers());
        // The head line says the rest already.
        String reason = status.waiting()
                .filter(any -> status.problem().isPresent() || status.state() == TorrentState.DOWNLOADING)
                .map(WaitReason::sentence)
                .orElse("");
        String first = reason.isEmpty() ? " " + history.draw(paint) + " 60 s   " : " waiting: " + reason + paint.dot();
        String facts = first + peers + trackers + dht;
        return Columns.cut(Columns.width(facts + hint) <= room ? facts + hint : facts, room);
    }
}
