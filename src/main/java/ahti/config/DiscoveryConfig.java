package ahti.config;

import com.typesafe.config.Config;
import java.time.Duration;

/** {@code ahti.discovery}: see reference.conf for each key. */
public record DiscoveryConfig(
        PexConfig pex, boolean lpd, Duration lpdInterval, Duration lpdPause, int lpdHeardPerSecond, int lpdPeers) {

    static DiscoveryConfig from(Config discovery) {
        return new DiscoveryConfig(
                PexConfig.from(discovery),
                discovery.getBoolean("lpd"),
                positive(discovery, "lpd-interval"),
                positive(discovery, "lpd-pause"),
                positiveInt(discovery, "lpd-heard-per-second"),
                positiveInt(discovery, "lpd-peers"));
    }

    private static Duration positive(Config discovery, String key) {
        Duration value = discovery.getDuration(key);
        check(!value.isNegative() && !value.isZero(), key, "positive, not " + discovery.getString(key));
        return value;
    }

    private static int positiveInt(Config discovery, String key) {
        int value = discovery.getInt(key);
        check(value > 0, key, "1 or more, not " + value);
        return value;
    }

    private static void check(boolean lawful, String key, String rule) {
        if (!lawful) {
            throw new IllegalArgumentException("ahti.discovery." + key + " must be " + rule);
        }
    }
}
