package ahti.cli.screen;

import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentState;
import ahti.torrent.TorrentStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is said of one of several torrents, in whole lines that name it; with a board, it has a row there, too. */
final class OneOfMany implements Screen {
    private static final Duration EVERY = Duration.ofSeconds(10);
    /** A thousand that rest must not keep the machine busy. */
    private static final Duration RESTING = Duration.ofSeconds(10);

    private final Board board;
    private final int row;
    private final String name;
    private @Nullable TorrentState state;
    private long lastNanos;

    OneOfMany(Board board, int row, String name) {
        this.board = board;
        this.row = row;
        this.name = Phrases.name(name);
    }

    @Override
    public Duration period() {
        return Duration.ofMillis(500);
    }

    @Override
    public Duration restingPeriod() {
        return RESTING;
    }

    @Override
    public int cells() {
        return 0;
    }

    @Override
    public void show(TorrentStatus status, long nowNanos) {
        boolean isTime = state != status.state() || nowNanos - lastNanos >= EVERY.toNanos();
        if (isTime) {
            state = status.state();
            lastNanos = nowNanos;
        }
        board.show(row, status, isTime);
    }

    @Override
    public void happened(TorrentEvent event) {
        Notices.of(event).ifPresent(this::say);
    }

    @Override
    public void say(String sentence) {
        board.say(name + ": " + sentence);
    }

    @Override
    public void resized(int columns) {
        board.resized(columns);
    }

    @Override
    public void ended(Closing closing) {
        board.ended(row, closing);
    }
}
