package ahti.metainfo;

import ahti.core.InfoHash;
import ahti.core.Limits;
import ahti.core.Text;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads magnet links of strangers (BEP 9, 53). Unknown parameters are left out; of those that may be repeated, as many count as
 * the limits allow.
 */
public final class MagnetReader {
    private static final String SCHEME = "magnet:?";
    private static final String BTIH = "urn:btih:";
    private static final String BTMH = "urn:btmh:";
    /** A multihash: SHA2-256, 32 bytes. */
    private static final String SHA256 = "1220";

    private static final int MOST_LINK = 256 * 1024;
    private static final int MOST_PEERS = 100;
    private static final int MOST_RANGES = 1_000;
    private static final int MOST_NAME = 250;
    private static final int MOST_URL = 4_000;
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final Limits limits;
    private Optional<InfoHash> v1 = Optional.empty();
    private Optional<InfoHash> v2 = Optional.empty();
    private Optional<String> name = Optional.empty();
    private final Set<String> trackers = new LinkedHashSet<>();
    private final Set<String> peers = new LinkedHashSet<>();
    private final Set<String> webSeeds = new LinkedHashSet<>();
    private final List<Magnet.Files> selection = new ArrayList<>();

    private MagnetReader(Limits limits) {
        this.limits = limits;
    }

    /** Reads a link. */
    public static MagnetResult read(String link, Limits limits) {
        if (link.length() > MOST_LINK) {
            return new MagnetResult.Bad("a link of " + link.length() + " characters, more than " + MOST_LINK);
        }
        if (!link.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return new MagnetResult.Bad("a magnet link begins with " + SCHEME);
        }
        return new MagnetReader(limits).parameters(link.substring(SCHEME.length()));
    }

    private MagnetResult parameters(String text) {
        for (String parameter : text.split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (equals < 1) {
                continue;
            }
            String value;
            try {
                // A plus is a plus here: the links of BEP 9 are no HTML forms.
                value = URLDecoder.decode(parameter.substring(equals + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                return new MagnetResult.Bad("'" + Text.clean(parameter, 40) + "' is not percent-encoded");
            }
            Optional<String> wrong = parameter(key(parameter.substring(0, equals)), value.strip());
            if (wrong.isPresent()) {
                return new MagnetResult.Bad(wrong.get());
            }
        }
        if (v1.isPresent()) {
            return new MagnetResult.Ok(new Magnet(
                    v1.get(), v2, name, List.copyOf(trackers), List.copyOf(peers), List.copyOf(webSeeds), selection));
        }
        return v2.<MagnetResult>map(MagnetResult.V2Only::new)
                .orElseGet(() -> new MagnetResult.Bad("it names no torrent: there is no xt=urn:btih:"));
    }

    /** {@code tr.1} is {@code tr}: some number what they repeat. */
    private static String key(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.replaceFirst("^(xt|tr|ws)\\.\\d+$", "$1");
    }

    /** Takes one parameter; what is wrong with it, when that is worth the whole link. */
    private Optional<String> parameter(String key, String value) {
        switch (key) {
            case "xt" -> {
                return topic(value);
            }
            case "dn" ->
                name = name.or(() -> Optional.of(Text.clean(value, MOST_NAME)).filter(text -> !text.isBlank()));
            case "tr" -> add(trackers, value, limits.trackers());
            case "ws" -> add(webSeeds, value, limits.trackers());
            case "x.pe" -> add(peers, value, MOST_PEERS);
            case "so" -> select(value);
            default -> {
                // of others
            }
        }
        return Optional.empty();
    }

    private static void add(Set<String> to, String value, int most) {
        boolean isFit = Text.clean(value, value.length()).equals(value)
                && value.chars().noneMatch(Character::isWhitespace)
                && value.length() <= MOST_URL;
        if (isFit && !value.isEmpty() && to.size() < most) {
            to.add(value);
        }
    }

    private Optional<String> topic(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        if (lower.startsWith(BTIH)) {
            String hash = value.substring(BTIH.length());
            Optional<InfoHash> read = hash.matches("[0-9a-fA-F]{40}")
                    ? Optional.of(InfoHash.parse(hash.toLowerCase(Locale.ROOT)))
                    : base32(hash);
            v1 = v1.or(() -> read);
            return read.isPresent()
                    ? Optional.empty()
                    : Optional.of(
                            "a hash is 40 hexadecimal digits or 32 of base 32, not '" + Text.clean(hash, 80) + "'");
        }
        if (lower.startsWith(BTMH)) {
            String hash = lower.substring(BTMH.length());
            if (!hash.matches(SHA256 + "[0-9a-f]{64}")) {
                return Optional.of("a v2 hash is 1220 and 64 hexadecimal digits, not '" + Text.clean(hash, 80) + "'");
            }
            v2 = v2.or(() -> Optional.of(InfoHash.parse(hash.substring(SHA256.length()))));
        }
        return Optional.empty();
    }

    private static Optional<InfoHash> base32(String text) {
        if (!text.matches("[A-Za-z2-7]{32}")) {
            return Optional.empty();
        }
        byte[] bytes = new byte[InfoHash.WIRE_LENGTH];
        int buffer = 0;
        int bits = 0;
        int at = 0;
        for (char digit : text.toUpperCase(Locale.ROOT).toCharArray()) {
            buffer = (buffer << 5 | BASE32.indexOf(digit)) & 0xfff;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes[at] = (byte) (buffer >> bits);
                at++;
            }
        }
        return Optional.of(InfoHash.v1(bytes));
    }

    /** {@code 0,2,4-6}: what is reversed or no number is left out (BEP 53). */
    private void select(String value) {
        for (String part : value.split(",", -1)) {
            if (part.matches("\\d{1,9}(-\\d{1,9})?") && selection.size() < MOST_RANGES) {
                String[] ends = part.split("-", -1);
                int first = Integer.parseInt(ends[0]);
                int last = Integer.parseInt(ends[ends.length - 1]);
                if (first <= last) {
                    selection.add(new Magnet.Files(first, last));
                }
            }
        }
    }
}
