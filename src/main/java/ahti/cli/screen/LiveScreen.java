package ahti.cli.screen;

import ahti.core.RateMeter;
import ahti.torrent.PeerStatus;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentState;
import ahti.torrent.TorrentStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/** Four lines on a terminal, redrawn five times a second; with the key {@code p}, the peers below them. */
public final class LiveScreen implements Screen {
    /** Below the frame, for the cursor; a frame that fills the terminal would scroll it. */
    private static final int ROWS_LEFT = 1;

    private final Console console;
    private final Paint paint;
    private final Sparkline history = new Sparkline();
    private final RateMeter checkMeter;
    private int columns;
    private long checked;
    private final IntSupplier height;
    private final boolean keys;
    private int rows;
    private boolean showsPeers;
    private List<PeerStatus> peers = List.of();

    /**
     * A screen of so many columns.
     *
     * @param height rows of the terminal, measured only when the peers are shown
     * @param keys whether keys are heard, so that it is worth naming them
     */
    public LiveScreen(Console console, Paint paint, int columns, IntSupplier height, boolean keys, long nowNanos) {
        this.console = console;
        this.paint = paint;
        this.height = height;
        this.keys = keys;
        this.columns = columns;
        this.checkMeter = new RateMeter(nowNanos);
    }

    @Override
    public Duration period() {
        return Duration.ofMillis(200);
    }

    @Override
    public int cells() {
        return LiveFrame.cells(columns);
    }

    @Override
    public void show(TorrentStatus status, long nowNanos) {
        if (status.state() == TorrentState.CHECKING && status.checked() > checked) {
            checkMeter.add(status.checked() - checked, nowNanos);
            checked = status.checked();
        }
        history.add(status.downRate(), nowNanos);
        List<String> lines = new ArrayList<>(
                LiveFrame.draw(status, checkMeter.perSecond(nowNanos), history, columns, paint, keys ? Key.HINT : ""));
        if (showsPeers) {
            lines.addAll(PeerLines.draw(peers, rows - lines.size() - ROWS_LEFT, columns, paint));
        }
        console.frame(lines);
    }

    @Override
    public void press(Key key) {
        if (key == Key.PEERS) {
            showsPeers = !showsPeers;
            peers = List.of();
            rows = height.getAsInt();
        }
    }

    @Override
    public boolean showsPeers() {
        return showsPeers;
    }

    @Override
    public void peers(List<PeerStatus> connected) {
        peers = connected;
    }

    @Override
    public void happened(TorrentEvent event) {
        Notices.of(event).ifPresent(console::line);
    }

    @Override
    public void say(String sentence) {
        console.line(sentence);
    }

    @Override
    public void resized(int columns) {
        this.columns = columns;
        rows = showsPeers ? height.getAsInt() : rows;
        console.clear(columns);
    }

    @Override
    public void ended(Closing closing) {
        console.clear();
        Endings.of(closing, paint).forEach(console::line);
        console.close();
    }
}
