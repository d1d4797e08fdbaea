package ahti.testkit.record.mask;

import ahti.net.AsciiUrl;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.pekko.util.ByteString;

/**
 * Other tracker URLs in the place of real ones: of the same shape and length behind the host, so that a passkey is as long as it
 * was and says nothing. {@code announce} stays.
 */
final class TrackerNames {
    private static final int ANNOUNCE_LENGTH = 98;
    private static final byte URL_DATA = 2;

    private final Map<String, String> urls = new LinkedHashMap<>();
    private final Map<String, String> hosts = new LinkedHashMap<>();
    private final Set<String> used = new LinkedHashSet<>();
    /** What requests to a tracker begin with, longest first, and what they begin with instead. */
    private final Map<String, String> beginnings =
            new TreeMap<>((a, b) -> a.length() != b.length() ? b.length() - a.length() : a.compareTo(b));
    /** What UDP trackers are told of their URL (BEP 41). */
    private final Map<String, String> urlData = new LinkedHashMap<>();

    String url(String real) {
        return urls.computeIfAbsent(real, this::masked);
    }

    private String masked(String real) {
        Optional<URI> uri = parse(real);
        if (uri.isEmpty() || uri.get().getScheme() == null || uri.get().getRawAuthority() == null) {
            return unique(crossed(real));
        }
        URI parts = uri.get();
        String authority = parts.getRawAuthority();
        String plain = authority.substring(authority.lastIndexOf('@') + 1);
        int colon = plain.lastIndexOf(':');
        boolean hasPort = colon > plain.lastIndexOf(']');
        String host = hasPort ? plain.substring(0, colon) : plain;
        String front = parts.getScheme() + "://" + host(host) + (hasPort ? plain.substring(colon) : "");
        String path = Optional.ofNullable(parts.getRawPath()).orElse("");
        String query =
                Optional.ofNullable(parts.getRawQuery()).map(q -> "?" + q).orElse("");
        String back = unique(front, crossed(path) + crossed(query)).substring(front.length());
        String maskedPath = back.substring(0, path.length());
        String maskedQuery = back.substring(path.length());
        beginnings.put(
                beginning(parts.getScheme() + "://" + authority + path, query),
                beginning(front + maskedPath, maskedQuery));
        urlData.put(path + query, back);
        return front + back;
    }

    private static Optional<URI> parse(String text) {
        try {
            return AsciiUrl.of(new URI(text.strip()));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static String beginning(String front, String query) {
        return front + "?" + (query.length() > 1 ? query.substring(1) + "&" : "");
    }

    String host(String real) {
        String bare = real.startsWith("[") && real.endsWith("]") ? real.substring(1, real.length() - 1) : real;
        return hosts.computeIfAbsent(
                bare.toLowerCase(Locale.ROOT), any -> "tracker-" + (hosts.size() + 1) + ".invalid");
    }

    /** The URL of a request. */
    String request(String real) {
        for (Map.Entry<String, String> beginning : beginnings.entrySet()) {
            if (real.startsWith(beginning.getKey())) {
                return beginning.getValue() + real.substring(beginning.getKey().length());
            }
        }
        return crossed(real);
    }

    /** An announce over UDP: what it says of the URL is exchanged, all else stays. */
    ByteString datagram(ByteString real) {
        if (real.length() <= ANNOUNCE_LENGTH) {
            return real;
        }
        byte[] bytes = real.toArray();
        StringBuilder said = new StringBuilder();
        for (int at = ANNOUNCE_LENGTH;
                at + 1 < bytes.length && bytes[at] == URL_DATA;
                at += 2 + (bytes[at + 1] & 0xff)) {
            int length = Math.min(bytes[at + 1] & 0xff, bytes.length - at - 2);
            said.append(new String(bytes, at + 2, length, StandardCharsets.ISO_8859_1));
        }
        byte[] instead =
                urlData.getOrDefault(said.toString(), crossed(said.toString())).getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer left = ByteBuffer.wrap(instead);
        for (int at = ANNOUNCE_LENGTH;
                at + 1 < bytes.length && bytes[at] == URL_DATA;
                at += 2 + (bytes[at + 1] & 0xff)) {
            left.get(bytes, at + 2, Math.min(bytes[at + 1] & 0xff, bytes.length - at - 2));
        }
        return ByteString.fromArrayUnsafe(bytes);
    }

    /** Every letter and digit as an x. */
    private static String crossed(String text) {
        String crossed = text.replaceAll("[A-Za-z0-9]", "x");
        return text.endsWith("/announce")
                ? crossed.substring(0, text.length() - "announce".length()) + "announce"
                : crossed;
    }

    private String unique(String text) {
        return unique("", text);
    }

    /** Two that differed differ still: digits take the place of the first x. */
    private String unique(String front, String back) {
        String candidate = front + back;
        for (int number = 1; !used.add(candidate); number++) {
            String digits = Integer.toString(number);
            String run = "x".repeat(digits.length());
            int at = back.indexOf(run);
            candidate = at < 0
                    ? candidate + digits
                    : front + back.substring(0, at) + digits + back.substring(at + run.length());
        }
        return candidate;
    }
}
