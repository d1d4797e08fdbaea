package ahti.testkit.tracker;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The query of an HTTP announce or scrape, its values as bytes: info hashes are no text. */
final class TrackerQuery {
    private static final int LONGEST = 8_192;

    private final Map<String, List<byte[]>> values = new LinkedHashMap<>();

    private TrackerQuery() {}

    /**
     * Reads {@code name=value&name=value}, percent-encoded.
     *
     * @throws IllegalArgumentException when it is too long or wrongly encoded
     */
    static TrackerQuery of(@Nullable String raw) {
        TrackerQuery query = new TrackerQuery();
        if (raw == null) {
            return query;
        } else if (raw.length() > LONGEST) {
            throw new IllegalArgumentException("the query is too long");
        }
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.values
                        .computeIfAbsent(pair.substring(0, equals), name -> new ArrayList<>())
                        .add(unescape(pair.substring(equals + 1)));
            }
        }
        return query;
    }

    /** Every value of this name. */
    List<byte[]> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** The first value of this name, as text. */
    Optional<String> text(String name) {
        return all(name).stream().findFirst().map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /**
     * The first value of this name, as a number; empty when it is not there.
     *
     * @throws IllegalArgumentException when it is no number
     */
    Optional<Long> number(String name) {
        return text(name).map(text -> {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(name + " is not a number", e);
            }
        });
    }

    /**
     * The first value of this name.
     *
     * @throws IllegalArgumentException when it is missing or not that long
     */
    byte[] bytes(String name, int length) {
        List<byte[]> all = all(name);
        if (all.isEmpty() || all.get(0).length != length) {
            throw new IllegalArgumentException(name + " must have " + length + " bytes");
        }
        return all.get(0);
    }

    private static byte[] unescape(String value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '%' && i + 2 < value.length()) {
                bytes.write(Integer.parseInt(value.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                bytes.write(c == '+' ? ' ' : c);
            }
        }
        return bytes.toByteArray();
    }
}
