package ahti.metainfo;

import ahti.bencode.BencodeBytes;
import ahti.bencode.BencodeDict;
import ahti.bencode.BencodeInteger;
import ahti.bencode.BencodeList;
import ahti.bencode.BencodeValue;
import ahti.core.Limits;
import ahti.core.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What stands around the info dictionary. Nothing of it is needed to share the torrent, so what is wrong is left out and
 * what is too much is cut off.
 */
record OuterFields(
        List<List<String>> trackers,
        List<String> webSeeds,
        Optional<String> comment,
        Optional<String> createdBy,
        Optional<Instant> createdAt,
        List<String> nodes) {
    private static final int MOST_TEXT = 4_000;
    private static final int MOST_URL = 4_000;
    private static final int MOST_HOST = 255;
    private static final int MOST_NODES = 100;
    /** The year 10000, in seconds since 1970: later ones do not print as dates. */
    private static final long TOO_LATE = 253_402_300_800L;

    static OuterFields read(BencodeDict torrent, Limits limits) {
        return new OuterFields(
                trackers(torrent, limits.trackers()),
                webSeeds(torrent, limits.trackers()),
                text(torrent, "comment"),
                text(torrent, "created by"),
                createdAt(torrent),
                nodes(torrent));
    }

    /** A text to show, cleaned; lines are joined by spaces. */
    static Optional<String> text(BencodeDict dict, String key) {
        return dict.string(key + ".utf-8")
                .flatMap(BencodeBytes::validText)
                .or(() -> dict.text(key))
                .map(text ->
                        Text.clean(text.lines().collect(Collectors.joining(" ")).strip(), MOST_TEXT))
                .filter(text -> !text.isBlank());
    }

    /** Tiers of BEP 12; {@code announce} only counts when they hold nothing. */
    private static List<List<String>> trackers(BencodeDict torrent, int most) {
        Set<String> seen = new LinkedHashSet<>();
        List<List<String>> tiers = new ArrayList<>();
        torrent.list("announce-list").ifPresent(list -> {
            for (BencodeValue tier : list) {
                List<String> urls = tier instanceof BencodeList several ? urls(several, seen, most) : List.of();
                if (!urls.isEmpty()) {
                    tiers.add(urls);
                }
            }
        });
        if (tiers.isEmpty()) {
            torrent.text("announce")
                    .map(String::strip)
                    .filter(OuterFields::isUrl)
                    .ifPresent(url -> tiers.add(List.of(url)));
        }
        return tiers;
    }

    /** BEP 19 has one URL or a list of them. */
    private static List<String> webSeeds(BencodeDict torrent, int most) {
        Optional<BencodeList> several = torrent.list("url-list");
        if (several.isPresent()) {
            return urls(several.get(), new LinkedHashSet<>(), most);
        }
        return torrent.text("url-list").map(String::strip).filter(OuterFields::isUrl).stream()
                .toList();
    }

    private static List<String> urls(BencodeList list, Set<String> seen, int most) {
        List<String> urls = new ArrayList<>();
        for (BencodeValue item : list) {
            if (seen.size() == most) {
                break;
            }
            if (item instanceof BencodeBytes bytes && bytes.size() <= MOST_URL) {
                String url = bytes.text().strip();
                if (isUrl(url) && seen.add(url)) {
                    urls.add(url);
                }
            }
        }
        return urls;
    }

    /** Whether it might be a URL; who uses it looks closer. */
    private static boolean isUrl(String text) {
        return !text.isEmpty() && text.length() <= MOST_URL && isVisible(text);
    }

    private static boolean isVisible(String text) {
        return Text.clean(text, text.length()).equals(text) && text.chars().noneMatch(Character::isWhitespace);
    }

    private static Optional<Instant> createdAt(BencodeDict torrent) {
        return torrent.integer("creation date").stream()
                .filter(seconds -> seconds > 0 && seconds < TOO_LATE)
                .mapToObj(Instant::ofEpochSecond)
                .findFirst();
    }

    private static List<String> nodes(BencodeDict torrent) {
        return torrent.list("nodes").stream()
                .flatMap(BencodeList::stream)
                .map(OuterFields::node)
                .flatMap(Optional::stream)
                .distinct()
                .limit(MOST_NODES)
                .toList();
    }

    /** A pair of host and port. */
    private static Optional<String> node(BencodeValue item) {
        if (!(item instanceof BencodeList pair)) {
            return Optional.empty();
        }
        Iterator<BencodeValue> parts = pair.iterator();
        if (parts.hasNext()
                && parts.next() instanceof BencodeBytes bytes
                && bytes.size() <= MOST_HOST
                && parts.hasNext()
                && parts.next() instanceof BencodeInteger port) {
            String host = bytes.text();
            if (!host.isEmpty() && isVisible(host) && port.value() > 0 && port.value() < 65_536) {
                return Optional.of((host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port.value());
            }
        }
        return Optional.empty();
    }
}
