package ahti.config;

import com.typesafe.config.Config;
import java.time.Duration;

/** {@code ahti.tracker}: see reference.conf for each key. */
public record TrackerConfig(
        int numWant,
        Duration timeout,
        Duration retryPause,
        Duration retryPauseMax,
        Duration intervalMin,
        Duration intervalMax,
        Duration stopCap,
        int maxRedirects,
        Duration minInterval,
        Duration udpTimeout,
        int udpAttempts,
        AnnounceTo announceTo,
        int announceMost,
        boolean privatePeers) {

    static TrackerConfig from(Config tracker) {
        return new TrackerConfig(
                tracker.getInt("num-want"),
                tracker.getDuration("timeout"),
                tracker.getDuration("retry-pause"),
                tracker.getDuration("retry-pause-max"),
                tracker.getDuration("interval-min"),
                tracker.getDuration("interval-max"),
                tracker.getDuration("stop-cap"),
                tracker.getInt("max-redirects"),
                tracker.getDuration("min-interval"),
                tracker.getDuration("udp-timeout"),
                tracker.getInt("udp-attempts"),
                AnnounceTo.from(tracker, "announce-to"),
                tracker.getInt("announce-most"),
                tracker.getBoolean("private-peers"));
    }
}
