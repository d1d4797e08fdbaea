package ahti.torrent;

import ahti.config.EngineConfig;
import ahti.core.InfoHash;
import ahti.core.Text;
import java.time.Duration;
import java.util.Optional;

/**
 * Decides when a torrent that a bug ended begins again: later each time, and not for ever. No lot is drawn: the same failures
 * give the same pauses.
 */
final class Restarts {
    private static final int CAUSE_LENGTH = 200;

    private final EngineConfig config;
    /** Since the torrent last ran for long. */
    private int inARow;

    private long beganAt;

    Restarts(EngineConfig config) {
        this.config = config;
    }

    /** The torrent begins, or begins again. */
    void began(long nowNanos) {
        beganAt = nowNanos;
    }

    /** It failed: how long to wait, or empty when it is to be given up. */
    Optional<Duration> failed(long nowNanos) {
        if (nowNanos - beganAt >= config.restartReset().toNanos()) {
            inARow = 0;
        }
        if (inARow >= config.restarts()) {
            return Optional.empty();
        }
        Duration pause = config.restartPause();
        for (int i = 0; i < inARow && pause.compareTo(config.restartPauseMax()) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        inARow++;
        return Optional.of(pause.compareTo(config.restartPauseMax()) < 0 ? pause : config.restartPauseMax());
    }

    /** Which restart in a row the next one is, from 1; of how many there may be. */
    int number() {
        return inARow;
    }

    /** What to tell of it when it begins again after that pause. */
    TorrentEvent.Restarting event(InfoHash infoHash, Throwable cause, Duration pause) {
        return new TorrentEvent.Restarting(infoHash, cause, sentence(cause), number(), most(), pause);
    }

    /** Why it does not begin again. */
    Problem.Bug givenUp(Throwable cause) {
        return new Problem.Bug("internal error, again after " + number()
                + (number() == 1 ? " restart: " : " restarts: ") + sentence(cause));
    }

    /** The innermost cause: those around it say only whom it took along. */
    static String sentence(Throwable thrown) {
        Throwable innermost = thrown;
        for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
            innermost = cause;
        }
        return Text.clean(innermost.toString(), CAUSE_LENGTH);
    }

    int most() {
        return config.restarts();
    }
}
