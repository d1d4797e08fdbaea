package ahti.config;

import java.util.List;
import java.util.stream.IntStream;

/** Ports to try, in order: {@code 6881-6889}, {@code 51413}, or {@code 0} for any free one. */
public final class PortRange {
    private PortRange() {}

    /**
     * Reads a port or a range.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    public static List<Integer> parse(String text) {
        String[] ends = text.strip().split("-", -1);
        try {
            int first = Integer.parseInt(ends[0].strip());
            int last = ends.length == 2 ? Integer.parseInt(ends[1].strip()) : first;
            if (ends.length <= 2 && first >= 0 && first <= last && last <= 65535) {
                return IntStream.rangeClosed(first, last).boxed().toList();
            }
        } catch (NumberFormatException e) {
            throw notPorts(text, e);
        }
        throw notPorts(text, null);
    }

    private static IllegalArgumentException notPorts(String text, @org.jspecify.annotations.Nullable Throwable cause) {
        return new IllegalArgumentException(
                "'" + text + "' is not a port: write one from 0 to 65535, or a range such as 6881-6889", cause);
    }
}
