package ahti.cli.options;

import java.util.ArrayList;
import java.util.List;

/**
 * What the user wants changed in a list of trackers: first removed, then replaced, then added.
 *
 * @param remove URLs that must be listed
 * @param replace URLs in pairs: one that must be listed, and what takes its place
 * @param add tiers for the end of the list; a URL that is listed already stays where it is
 */
public record TrackerChange(List<String> remove, List<String> replace, List<TrackerTier> add) {

    /** A tracker is not listed that should be. */
    public static final class NotListed extends Exception {
        private static final long serialVersionUID = 1;

        NotListed(String url) {
            super("it does not list the tracker " + url);
        }
    }

    public TrackerChange {
        if (replace.size() % 2 != 0) {
            throw new IllegalArgumentException("a URL without another in its place");
        }
        remove = List.copyOf(remove);
        replace = List.copyOf(replace);
        add = List.copyOf(add);
    }

    /** Whether nothing is to be changed. */
    public boolean isEmpty() {
        return remove.isEmpty() && replace.isEmpty() && add.isEmpty();
    }

    /** The changed list; tiers that lost all their trackers are gone. */
    public List<List<String>> of(List<List<String>> listed) throws NotListed {
        List<List<String>> tiers = new ArrayList<>();
        listed.forEach(tier -> tiers.add(new ArrayList<>(tier)));
        for (String url : remove) {
            tier(tiers, url).remove(url);
        }
        for (int i = 0; i < replace.size(); i += 2) {
            replace(tiers, replace.get(i), replace.get(i + 1));
        }
        for (TrackerTier tier : add) {
            List<String> fresh = new ArrayList<>();
            tiers.add(fresh);
            for (String url : tier.urls()) {
                if (!has(tiers, url)) {
                    fresh.add(url);
                }
            }
        }
        tiers.removeIf(List::isEmpty);
        return tiers;
    }

    private static void replace(List<List<String>> tiers, String old, String other) throws NotListed {
        List<String> tier = tier(tiers, old);
        if (has(tiers, other)) {
            tier.remove(old);
        } else {
            tier.set(tier.indexOf(old), other);
        }
    }

    private static boolean has(List<List<String>> tiers, String url) {
        return tiers.stream().anyMatch(tier -> tier.contains(url));
    }

    private static List<String> tier(List<List<String>> tiers, String url) throws NotListed {
        return tiers.stream().filter(tier -> tier.contains(url)).findFirst().orElseThrow(() -> new NotListed(url));
    }
}
