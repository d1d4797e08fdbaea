package ahti.cli.env;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object being written, its members in the order they were put (RFC 8259).
 *
 * <p>A value may be text, a number, a boolean, another object, a collection of these, an optional of these or null.
 */
public final class Json {
    private final List<String> members = new ArrayList<>();

    /** Adds a member. */
    public Json put(String name, @Nullable Object value) {
        members.add(quoted(name) + ":" + written(value));
        return this;
    }

    /** The object, on one line. */
    @Override
    public String toString() {
        return "{" + String.join(",", members) + "}";
    }

    private static String written(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof Optional<?> optional) {
            return written(optional.orElse(null));
        }
        if (value instanceof OptionalLong optional) {
            return optional.isPresent() ? Long.toString(optional.getAsLong()) : "null";
        }
        if (value instanceof Collection<?> items) {
            return "[" + String.join(",", items.stream().map(Json::written).toList()) + "]";
        }
        if (value instanceof Double number) {
            return Double.isFinite(number) ? number.toString() : "null";
        }
        if (value instanceof Number || value instanceof Boolean || value instanceof Json) {
            return value.toString();
        }
        return quoted(value.toString());
    }

    /**
     * Text in quotes; what is not a character of Unicode becomes a replacement character. What would steer a terminal is
     * escaped, which changes nothing for whoever parses it.
     */
    private static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(c -> append(out, c));
        return out.append('"').toString();
    }

    private static void append(StringBuilder out, int c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (steers(c)) {
                    for (char unit : Character.toChars(c)) {
                        escape(out, unit);
                    }
                } else {
                    out.appendCodePoint(Character.getType(c) == Character.SURROGATE ? 0xfffd : c);
                }
            }
        }
    }

    /** Whether a terminal that shows the line would do something at this character other than show it. */
    private static boolean steers(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static void escape(StringBuilder out, char unit) {
        out.append("\\u").append(Character.forDigit(unit >> 12, 16));
        out.append(Character.forDigit(unit >> 8 & 15, 16));
        out.append(Character.forDigit(unit >> 4 & 15, 16));
        out.append(Character.forDigit(unit & 15, 16));
    }
}
