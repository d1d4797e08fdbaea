package ahti.cli.options;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which bytes of a file, as users write them and HTTP does (RFC 9110, section 14.1.2), counted from 0, both ends included:
 * {@code 100-199}; {@code 100-}, to the end; {@code -100}, the last hundred.
 *
 * @param first empty: {@code last} is how many bytes at the end
 * @param last empty: to the end
 */
public record ByteRange(OptionalLong first, OptionalLong last) {
    private static final Pattern WRITTEN = Pattern.compile("(\\d{0,18})-(\\d{0,18})");

    /** The same in a file of a certain length: from this byte up to, not including, that one. */
    public record Span(long from, long to) {
        /** How many bytes. */
        public long length() {
            return to - from;
        }
    }

    /**
     * Reads {@code 100-199}, {@code 100-} or {@code -100}.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    public static ByteRange parse(String text) {
        return tryParse(text.strip())
                .orElseThrow(() -> new IllegalArgumentException("'" + text.strip()
                        + "' is no range of bytes: write 0-1023, 1024- for the rest, or -1024 for the end"));
    }

    /** Reads the same; empty when it is something else. */
    public static Optional<ByteRange> tryParse(String text) {
        Matcher parts = WRITTEN.matcher(text);
        if (!parts.matches() || text.length() == 1) {
            return Optional.empty();
        }
        ByteRange range = new ByteRange(number(parts.group(1)), number(parts.group(2)));
        boolean backwards =
                range.first.isPresent() && range.last.isPresent() && range.first.getAsLong() > range.last.getAsLong();
        return backwards ? Optional.empty() : Optional.of(range);
    }

    private static OptionalLong number(String digits) {
        return digits.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(digits));
    }

    /** What of it there is in a file of so many bytes; empty when that is nothing. */
    public Optional<Span> in(long length) {
        long from = first.orElse(Math.max(0, length - last.orElse(0)));
        long to = first.isEmpty() || last.isEmpty() ? length : Math.min(length, last.getAsLong() + 1);
        return from < to ? Optional.of(new Span(from, to)) : Optional.empty();
    }
}
