package ahti.tracker;

import ahti.core.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tracker URLs of a torrent, made fit for use: bounded in number, each only once, none of them blank or of a kind that
 * we cannot reach.
 *
 * @param tiers supported URLs, cleaned; no tier is empty
 * @param endpoints where each of them is
 * @param unsupported other URLs, cleaned, and why
 */
record TierList(List<List<String>> tiers, Map<String, Endpoint> endpoints, Map<String, String> unsupported) {

    /** Reads what a torrent lists. URLs beyond the first {@code most} are ignored. */
    static TierList of(List<List<String>> listed, int most) {
        List<List<String>> tiers = new ArrayList<>();
        Map<String, Endpoint> endpoints = new LinkedHashMap<>();
        Map<String, String> unsupported = new LinkedHashMap<>();
        for (List<String> urls : listed) {
            List<String> tier = new ArrayList<>();
            for (String raw : urls) {
                String url = Text.clean(raw.strip(), Endpoint.LONGEST_URL);
                if (url.isEmpty() || endpoints.size() + unsupported.size() >= most || endpoints.containsKey(url)) {
                    continue;
                }
                Endpoint endpoint = Endpoint.of(raw);
                if (endpoint instanceof Endpoint.Unsupported not) {
                    unsupported.put(url, not.reason());
                } else {
                    endpoints.put(url, endpoint);
                    tier.add(url);
                }
            }
            if (!tier.isEmpty()) {
                tiers.add(tier);
            }
        }
        return new TierList(tiers, endpoints, unsupported);
    }
}
