package ahti.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;

/** {@code ahti.engine}: see reference.conf for each key. */
public record EngineConfig(
        int restarts,
        Duration restartPause,
        Duration restartPauseMax,
        Duration restartReset,
        int eventsBuffer,
        int maxAdding,
        Duration snapshotInterval,
        int maxCallbackThreads) {

    static EngineConfig from(Config engine) {
        EngineConfig config = new EngineConfig(
                engine.getInt("restarts"),
                engine.getDuration("restart-pause"),
                engine.getDuration("restart-pause-max"),
                engine.getDuration("restart-reset"),
                engine.getInt("events-buffer"),
                engine.getInt("max-adding"),
                engine.getDuration("snapshot-interval"),
                engine.getInt("max-callback-threads"));
        check(config.restarts() >= 0, engine, "restarts", "must not be negative");
        check(isPositive(config.restartPause()), engine, "restart-pause", "must be positive");
        check(config.eventsBuffer() > 0, engine, "events-buffer", "must be positive");
        check(config.maxAdding() > 0, engine, "max-adding", "must be positive");
        check(isPositive(config.snapshotInterval()), engine, "snapshot-interval", "must be positive");
        check(config.maxCallbackThreads() > 0, engine, "max-callback-threads", "must be positive");
        return config;
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    private static void check(boolean lawful, Config engine, String key, String rule) {
        if (!lawful) {
            throw new ConfigException.BadValue(engine.getValue(key).origin(), "ahti.engine." + key, rule);
        }
    }
}
