package ahti.config;

import ahti.core.Limits;
import com.typesafe.config.Config;

/** Reads {@link Limits}, which lives in {@code core} because parsers that know no configuration need it. */
final class LimitsReader {
    private LimitsReader() {}

    static Limits from(Config limits) {
        return new Limits(
                bytes(limits, "torrent-file"),
                limits.getInt("bencode-depth"),
                limits.getInt("bencode-items"),
                bytes(limits, "piece-length"),
                limits.getInt("pieces"),
                limits.getInt("files"),
                limits.getInt("path-depth"),
                limits.getInt("trackers"),
                bytes(limits, "tracker-body"),
                limits.getInt("tracker-peers"));
    }

    private static int bytes(Config config, String key) {
        return Math.toIntExact(config.getBytes(key));
    }
}
