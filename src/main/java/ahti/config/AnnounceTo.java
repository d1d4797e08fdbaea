package ahti.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Which of its trackers a torrent announces to. */
public enum AnnounceTo {
    /** The first one that works, in the order of BEP 12. */
    FIRST,
    /** Of each tier the first one that works. */
    TIERS,
    /** Every tracker. */
    ALL;

    static AnnounceTo from(Config config, String key) {
        String written = config.getString(key);
        return Arrays.stream(values())
                .filter(value -> value.written().equals(written))
                .findFirst()
                .orElseThrow(() -> new ConfigException.BadValue(
                        key,
                        "'" + written + "' is none of "
                                + Arrays.stream(values())
                                        .map(AnnounceTo::written)
                                        .collect(Collectors.joining(", "))));
    }

    private String written() {
        return name().toLowerCase(Locale.ROOT);
    }
}
