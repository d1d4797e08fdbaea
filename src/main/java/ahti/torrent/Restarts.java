package ahti.torrent;

import ahti.config.EngineConfig;
import java.time.Duration;
import java.util.Optional;

/**
 * Decides when a torrent that a bug ended begins again: later each time, and not for ever. No lot is drawn: the same failures
 * give the same pauses.
 */
final class Restarts {
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

    int most() {
        return config.restarts();
    }
}
