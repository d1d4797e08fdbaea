package ahti.config;

import ahti.core.RateLimits;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;

/** {@code ahti.rates}: see reference.conf for each key. */
public record RatesConfig(RateLimits limits, Duration interval) {

    static RatesConfig from(Config rates) {
        Duration interval = rates.getDuration("interval");
        if (interval.isNegative() || interval.isZero()) {
            throw new ConfigException.BadValue(
                    rates.getValue("interval").origin(), "ahti.rates.interval", "must be positive");
        }
        return new RatesConfig(new RateLimits(rates.getBytes("down"), rates.getBytes("up")), interval);
    }
}
