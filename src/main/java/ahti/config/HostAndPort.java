package ahti.config;

import java.util.Optional;

/**
 * Where something listens, as people write it: {@code router.example:6881}, {@code 192.0.2.7:6881}, {@code [2001:db8::7]:6881}.
 *
 * @param host a name, or an address without brackets
 */
public record HostAndPort(String host, int port) {

    /**
     * Reads a host and a port; an IPv6 address stands in brackets.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    public static HostAndPort parse(String text) {
        return read(text)
                .orElseThrow(() -> new IllegalArgumentException("'" + text
                        + "' is not a host with its port: write HOST:PORT, or [ADDRESS]:PORT for IPv6,"
                        + " such as 192.0.2.7:6881"));
    }

    /** Reads the same; empty when it is none. */
    public static Optional<HostAndPort> read(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon).strip();
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (bracketed) {
            host = host.substring(1, host.length() - 1);
        }
        String port = text.substring(colon + 1).strip();
        boolean isNumber = port.matches("\\d{1,5}");
        int number = isNumber ? Integer.parseInt(port) : 0;
        if (host.isEmpty() || host.contains(":") != bracketed || number < 1 || number > 65_535) {
            return Optional.empty();
        }
        return Optional.of(new HostAndPort(host, number));
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
