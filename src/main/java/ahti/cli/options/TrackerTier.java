package ahti.cli.options;

import java.util.List;
import java.util.stream.Stream;

/** Trackers of one tier, as the user writes them: one URL, or several with commas between. */
public record TrackerTier(List<String> urls) {

    public TrackerTier {
        urls = List.copyOf(urls);
    }

    /**
     * Reads announce URLs: {@code http}, {@code https} or {@code udp}.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    public static TrackerTier parse(String text) {
        return new TrackerTier(
                Stream.of(text.split(",", -1)).map(TrackerTier::url).toList());
    }

    /** One of them. */
    public static String url(String text) {
        String url = text.strip();
        if (!url.matches("(?i)(https?|udp)://[^/\\s]+\\S*")) {
            throw new IllegalArgumentException(
                    "'" + url + "' is not a tracker: write an http://, https:// or udp:// URL");
        }
        return url;
    }
}
