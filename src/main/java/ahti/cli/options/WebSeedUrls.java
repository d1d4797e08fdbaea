package ahti.cli.options;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Web servers that the user names besides those of a torrent. */
public final class WebSeedUrls {
    private WebSeedUrls() {}

    /**
     * The user's first, then the torrent's; none twice.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    public static List<String> more(List<String> ofTorrent, List<String> ofUser) {
        Set<String> all = new LinkedHashSet<>();
        for (String url : ofUser) {
            if (!url.matches("(?i)https?://[^/\\s]+\\S*")) {
                throw new IllegalArgumentException(
                        "'" + url + "' is not a web server: write an http:// or https:// URL");
            }
            all.add(url);
        }
        all.addAll(ofTorrent);
        return List.copyOf(all);
    }
}
