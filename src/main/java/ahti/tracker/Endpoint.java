package ahti.tracker;

import ahti.core.Text;
import ahti.net.AsciiUrl;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Where a tracker is reached, read from its URL. */
sealed interface Endpoint {

    /** Over HTTP or HTTPS. */
    record Http(URI uri) implements Endpoint {}

    /**
     * Over UDP.
     *
     * @param host a name, or an address without brackets
     * @param urlData path and query as they stand, for BEP 41; may be empty
     */
    record Udp(String host, int port, String urlData) implements Endpoint {}

    /** The name that has to be looked up, or an address; empty when there is none that anybody could look up. */
    default Optional<String> name() {
        if (this instanceof Udp udp) {
            return Optional.of(udp.host());
        }
        return this instanceof Http http
                ? Optional.ofNullable(http.uri().getHost())
                        .map(host -> host.startsWith("[") ? host.substring(1, host.length() - 1) : host)
                : Optional.empty();
    }

    /** Nowhere. */
    record Unsupported(String reason) implements Endpoint {}

    /** Beyond this a URL is not a tracker's. */
    int LONGEST_URL = 2_000;

    int LONGEST_REASON = 100;

    /** Reads a URL from a torrent: anything may stand there. */
    static Endpoint of(String url) {
        if (url.length() > LONGEST_URL) {
            return new Unsupported("a URL of " + url.length() + " characters");
        }
        URI uri;
        try {
            uri = new URI(url.strip());
        } catch (URISyntaxException e) {
            return new Unsupported("not a URL");
        }
        String scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "http", "https" ->
                uri.getRawAuthority() == null
                        ? new Unsupported("a URL without a host")
                        : AsciiUrl.of(uri).<Endpoint>map(Http::new).orElseGet(() -> new Unsupported("not a URL"));
            case "udp" -> udp(uri);
            case "" -> new Unsupported("not a URL");
            default -> new Unsupported(Text.clean("trackers over " + scheme + " are not supported", LONGEST_REASON));
        };
    }

    // Read by hand: URI.getHost knows no host with an underscore, and trackers have them.
    private static Endpoint udp(URI uri) {
        String authority = Optional.ofNullable(uri.getRawAuthority()).orElse("");
        authority = authority.substring(authority.lastIndexOf('@') + 1);
        int colon = authority.lastIndexOf(':');
        Optional<Integer> port = colon < 0 ? Optional.empty() : port(authority.substring(colon + 1));
        if (port.isEmpty()) {
            return new Unsupported("a UDP tracker without a port");
        }
        String host = authority.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        if (host.isEmpty()) {
            return new Unsupported("a URL without a host");
        }
        String path = Optional.ofNullable(uri.getRawPath()).orElse("");
        String query =
                Optional.ofNullable(uri.getRawQuery()).map(raw -> "?" + raw).orElse("");
        return new Udp(host, port.get(), path + query);
    }

    private static Optional<Integer> port(String digits) {
        try {
            int port = Integer.parseInt(digits);
            return port > 0 && port < 65_536 ? Optional.of(port) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
