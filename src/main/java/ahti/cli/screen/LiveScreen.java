package ahti.cli.screen;

import ahti.core.RateMeter;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentState;
import ahti.torrent.TorrentStatus;
import java.time.Duration;

/** Four lines on a terminal, redrawn five times a second. */
public final class LiveScreen implements Screen {
    private final Console console;
    private final Paint paint;
    private final Sparkline history = new Sparkline();
    private final RateMeter checkMeter;
    private int columns;
    private long checked;

    /** A screen of so many columns. */
    public LiveScreen(Console console, Paint paint, int columns, long nowNanos) {
        this.console = console;
        this.paint = paint;
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
        console.frame(LiveFrame.draw(status, checkMeter.perSecond(nowNanos), history, columns, paint));
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
        console.clear(columns);
    }

    @Override
    public void ended(Closing closing) {
        console.clear();
        Endings.of(closing, paint).forEach(console::line);
        console.close();
    }
}
