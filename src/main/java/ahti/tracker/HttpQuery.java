package ahti.tracker;

import ahti.core.InfoHash;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** The URLs of announces (BEP 3, 7, 23) and scrapes (BEP 48) over HTTP. */
final class HttpQuery {
    private static final String ANNOUNCE = "announce";
    private static final String SCRAPE = "scrape";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private HttpQuery() {}

    /** The tracker's URL with the announce added to whatever query it has already, such as a passkey. */
    static URI of(URI tracker, AnnounceRequest request) {
        StringBuilder url = begin(tracker, path(tracker), request.infoHash());
        url.append("&peer_id=").append(escape(request.peerId().bytes()));
        url.append("&port=").append(request.port());
        url.append("&uploaded=").append(request.tally().uploaded());
        url.append("&downloaded=").append(request.tally().downloaded());
        url.append("&left=").append(request.tally().left());
        url.append("&compact=1&no_peer_id=1&numwant=").append(request.numWant());
        url.append("&key=").append(HEX.toHexDigits(request.key()));
        if (request.event() != AnnounceEvent.NONE) {
            url.append("&event=").append(request.event().httpName());
        }
        request.trackerId()
                .ifPresent(id -> url.append("&trackerid=").append(escape(id.getBytes(StandardCharsets.ISO_8859_1))));
        return URI.create(url.toString());
    }

    /**
     * The tracker's URL with {@code announce}, which must begin the last part of its path, replaced by {@code scrape}; empty
     * when it does not: then the tracker answers no scrapes.
     */
    static Optional<URI> of(URI tracker, ScrapeRequest request) {
        String path = path(tracker);
        int last = path.lastIndexOf('/') + 1;
        if (!path.startsWith(ANNOUNCE, last)) {
            return Optional.empty();
        }
        String scrape = path.substring(0, last) + SCRAPE + path.substring(last + ANNOUNCE.length());
        return Optional.of(URI.create(begin(tracker, scrape, request.infoHash()).toString()));
    }

    private static String path(URI tracker) {
        return tracker.getRawPath() == null ? "" : tracker.getRawPath();
    }

    private static StringBuilder begin(URI tracker, String path, InfoHash infoHash) {
        StringBuilder url = new StringBuilder();
        url.append(tracker.getScheme()).append("://").append(tracker.getRawAuthority());
        url.append(path).append('?');
        if (tracker.getRawQuery() != null && !tracker.getRawQuery().isEmpty()) {
            url.append(tracker.getRawQuery()).append('&');
        }
        return url.append("info_hash=").append(escape(infoHash.wireBytes()));
    }

    /** Every byte but the unreserved ones of RFC 3986 as {@code %XX}. */
    static String escape(byte[] bytes) {
        StringBuilder escaped = new StringBuilder(3 * bytes.length);
        for (byte b : bytes) {
            if (UNRESERVED.indexOf(b) >= 0) {
                escaped.append((char) b);
            } else {
                escaped.append('%').append(HEX.toHexDigits(b));
            }
        }
        return escaped.toString();
    }
}
