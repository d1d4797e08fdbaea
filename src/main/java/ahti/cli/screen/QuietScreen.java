package ahti.cli.screen;

import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentStatus;
import java.time.Duration;

/** Says nothing but why it failed. */
public final class QuietScreen implements Screen {
    private final Console console;
    private final Paint paint;

    /** Errors go to this console. */
    public QuietScreen(Console console, Paint paint) {
        this.console = console;
        this.paint = paint;
    }

    @Override
    public Duration period() {
        return Duration.ofSeconds(1);
    }

    @Override
    public int cells() {
        return 0;
    }

    @Override
    public void show(TorrentStatus status, long nowNanos) {}

    @Override
    public void happened(TorrentEvent event) {}

    @Override
    public void say(String sentence) {}

    @Override
    public void resized(int columns) {}

    @Override
    public void ended(Closing closing) {
        if (!closing.complete()) {
            Endings.of(closing, paint).forEach(console::line);
        }
    }
}
