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

    /** Text in quotes; what is not a character of Unicode becomes a replacement character. */
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
                if (c < 0x20 || c == 0x7f || c == 0x2028 || c == 0x2029) {
                    out.append("\\u").append(Character.forDigit(c >> 12, 16));
                    out.append(Character.forDigit(c >> 8 & 15, 16));
                    out.append(Character.forDigit(c >> 4 & 15, 16));
                    out.append(Character.forDigit(c & 15, 16));
                } else {
                    out.appendCodePoint(Character.getType(c) == Character.SURROGATE ? 0xfffd : c);
                }
            }
        }
    }
}
