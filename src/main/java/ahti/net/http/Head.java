package ahti.net.http;

import ahti.net.HttpFetch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The status line and the fields of an answer.
 *
 * @param fields by name in lower case; of several of one name the first
 */
record Head(boolean isCurrent, int status, Map<String, String> fields) {
    /** Bytes of it at most; those of the interim answers before it count, too. */
    private static final int MOST_BYTES = 64 * 1024;

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.([0-9]) ([1-5][0-9][0-9])(?: .*)?");
    private static final Pattern CONTENT_RANGE =
            Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\\*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
    private static final int INTERIM = 200;

    /** Reads the head of the final answer; interim ones (1xx) are passed over. */
    static Head read(InputStream in) throws IOException {
        int left = MOST_BYTES;
        while (true) {
            String line = line(in, left);
            Matcher status = STATUS_LINE.matcher(line);
            if (!status.matches()) {
                throw Trouble.passing("it does not speak HTTP/1.1");
            }
            left -= line.length() + 1;
            Map<String, String> fields = new HashMap<>();
            for (line = line(in, left); !line.isEmpty(); line = line(in, left)) {
                left -= line.length() + 1;
                int colon = line.indexOf(':');
                if (colon > 0) {
                    fields.putIfAbsent(
                            line.substring(0, colon).toLowerCase(Locale.ROOT),
                            line.substring(colon + 1).strip());
                }
            }
            int code = Integer.parseInt(status.group(2));
            if (code >= INTERIM) {
                return new Head(!status.group(1).equals("0"), code, Map.copyOf(fields));
            }
        }
    }

    /** One line without its end. */
    static String line(InputStream in, int most) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw Trouble.passing("the connection ended within the answer");
            }
            if (line.length() >= most) {
                throw Trouble.lasting("more than " + MOST_BYTES + " bytes of header");
            }
            line.append((char) next);
        }
        int end = line.length() - 1;
        if (end >= 0 && line.charAt(end) == '\r') {
            line.setLength(end);
        }
        return line.toString();
    }

    private Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** Where it redirects to. */
    Optional<String> redirect() {
        boolean redirects = status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
        // Bytes beyond ASCII are UTF-8, if anything.
        return redirects
                ? field("location")
                        .map(text -> new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    boolean hasNoBody() {
        return status == 204 || status == 304;
    }

    boolean isChunked() {
        return field("transfer-encoding")
                .filter(coding -> !coding.equalsIgnoreCase("identity"))
                .isPresent();
    }

    /** The coding that the body was transferred in, besides chunks. */
    boolean isOnlyChunked() {
        return field("transfer-encoding").filter("chunked"::equalsIgnoreCase).isPresent();
    }

    /** Bytes of the body; empty when its end is the connection's. */
    OptionalLong length() throws IOException {
        String text = fields.get("content-length");
        if (text == null) {
            return OptionalLong.empty();
        }
        if (!LENGTH.matcher(text).matches()) {
            throw Trouble.passing("a body of no length: " + text);
        }
        return OptionalLong.of(Long.parseLong(text));
    }

    String encoding() {
        return field("content-encoding").orElse("identity").toLowerCase(Locale.ROOT);
    }

    /** Whether the server lets us ask for more on the same connection. */
    boolean keepsAlive() {
        String wish = field("connection").orElse("").toLowerCase(Locale.ROOT);
        return isCurrent ? !wish.contains("close") : wish.contains("keep-alive");
    }

    Optional<HttpFetch.Part> part() {
        Matcher range = CONTENT_RANGE.matcher(field("content-range").orElse(""));
        if (status != 206 || !range.matches()) {
            return Optional.empty();
        }
        long first = Long.parseLong(range.group(1));
        long last = Long.parseLong(range.group(2));
        OptionalLong size =
                range.group(3).equals("*") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(range.group(3)));
        return last < first
                ? Optional.empty()
                : Optional.of(new HttpFetch.Part(new HttpFetch.Range(first, last), size));
    }

    /** How long to wait; a date instead of seconds says nothing to us. */
    Optional<Duration> retryAfter() {
        return field("retry-after")
                .filter(text -> SECONDS.matcher(text).matches())
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }
}
