package ahti.config;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * {@code ahti.web-seed}: see reference.conf for each key.
 *
 * @param request bytes
 */
public record WebSeedConfig(
        int maxSeeds,
        int request,
        int requests,
        Duration timeout,
        Duration retryPause,
        Duration retryPauseMax,
        int maxRedirects) {
    public WebSeedConfig {
        if (maxSeeds < 0 || request < 16 * 1024 || requests < 1 || retryPause.isZero() || retryPause.isNegative()) {
            throw new IllegalArgumentException("ahti.web-seed: max-seeds = " + maxSeeds
                    + " must be at least 0, request = " + request + " at least 16K, requests = " + requests
                    + " at least 1, retry-pause = " + retryPause.toMillis() + " ms more than 0");
        }
    }

    static WebSeedConfig from(Config seed) {
        return new WebSeedConfig(
                seed.getInt("max-seeds"),
                Math.toIntExact(seed.getBytes("request")),
                seed.getInt("requests"),
                seed.getDuration("timeout"),
                seed.getDuration("retry-pause"),
                seed.getDuration("retry-pause-max"),
                seed.getInt("max-redirects"));
    }
}
