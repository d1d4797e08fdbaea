package ahti.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;

/** {@code ahti.engine}: see reference.conf for each key. */
public record EngineConfig(int restarts, Duration restartPause, Duration restartPauseMax, Duration restartReset) {

    static EngineConfig from(Config engine) {
        EngineConfig config = new EngineConfig(
                engine.getInt("restarts"),
                engine.getDuration("restart-pause"),
                engine.getDuration("restart-pause-max"),
                engine.getDuration("restart-reset"));
        if (config.restarts() < 0) {
            throw new ConfigException.BadValue(
                    engine.getValue("restarts").origin(), "ahti.engine.restarts", "must not be negative");
        }
        if (config.restartPause().isNegative() || config.restartPause().isZero()) {
            throw new ConfigException.BadValue(
                    engine.getValue("restart-pause").origin(), "ahti.engine.restart-pause", "must be positive");
        }
        return config;
    }
}
