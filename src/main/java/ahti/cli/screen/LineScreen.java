package ahti.cli.screen;

import ahti.cli.options.TimeSpan;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentState;
import ahti.torrent.TorrentStatus;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whole lines without control codes: one every ten seconds and one for each change of state. */
public final class LineScreen implements Screen {
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final Console console;
    private final Paint paint;
    private @Nullable TorrentState state;
    private long lastNanos;

    /** Lines on this console. */
    public LineScreen(Console console, Paint paint) {
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
    public void show(TorrentStatus status, long nowNanos) {
        if (status.state() == TorrentState.CHECKING && status.toCheck() == 0) {
            // Nothing to check, or not known yet.
            return;
        }
        if (state != status.state()) {
            state = status.state();
            changed(status).ifPresent(console::line);
            lastNanos = nowNanos;
        } else if (nowNanos - lastNanos >= EVERY.toNanos()) {
            console.line(now(status));
            lastNanos = nowNanos;
        }
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
    public void resized(int columns) {}

    @Override
    public void ended(Closing closing) {
        Endings.of(closing, paint).forEach(console::line);
    }

    private static Optional<String> changed(TorrentStatus status) {
        String name = Phrases.name(status.name());
        return switch (status.state()) {
            case CHECKING -> Optional.of(name + ": checking existing data, " + Phrases.size(status.toCheck()));
            case DOWNLOADING ->
                Optional.of(name + ": downloading, " + Phrases.size(status.have()) + " of "
                        + Phrases.size(status.wanted()) + " are here");
            case SEEDING -> Optional.of(name + ": " + shared(status));
            case METADATA, PAUSED, FAILED -> Optional.empty();
        };
    }

    private static String shared(TorrentStatus status) {
        return status.have() >= status.wanted()
                ? "complete, sharing"
                : "sharing the " + Phrases.size(status.have()) + " of " + Phrases.size(status.wanted())
                        + " that are here and good; 'ahti verify' lists what is not";
    }

    private static String now(TorrentStatus status) {
        if (status.state() == TorrentState.CHECKING) {
            return "checking existing data " + Phrases.percent(status.checked(), status.toCheck()) + " of "
                    + Phrases.size(status.toCheck());
        }
        String eta = status.etaSeconds().isPresent()
                ? ", " + TimeSpan.show(status.etaSeconds().getAsLong()) + " left"
                : "";
        String why = status.waiting()
                .map(reason -> ", waiting: " + reason.sentence())
                .orElse("");
        return Phrases.percent(status.have(), status.wanted()) + " of " + Phrases.size(status.wanted()) + ", down "
                + Phrases.rate(status.downRate()) + ", up " + Phrases.rate(status.upRate()) + ", "
                + Phrases.peers(status.peers()) + ", " + Phrases.trackers(status)
                + Phrases.dht(status).map(text -> ", " + text).orElse("") + eta + why;
    }
}
