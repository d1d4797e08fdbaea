package ahti.cli.options;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/** A peer as the user names it: {@code 10.0.0.7:51413}, {@code [::1]:6881}, {@code host.example:6881}. */
public record HostPort(String host, int port) {

    /**
     * Reads host and port; an IPv6 address stands in brackets.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    public static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (bracketed) {
            host = host.substring(1, host.length() - 1);
        }
        if (host.isEmpty()
                || host.contains(":") != bracketed
                || !text.substring(colon + 1).matches("\\d{1,5}")) {
            throw notAPeer(text);
        }
        int port = Integer.parseInt(text.substring(colon + 1));
        if (port < 1 || port > 65535) {
            throw notAPeer(text);
        }
        return new HostPort(host, port);
    }

    /** All its addresses; waits for the name service where {@link #host} is a name. */
    public List<InetSocketAddress> resolve() throws UnknownHostException {
        return Stream.of(InetAddress.getAllByName(host))
                .map(address -> new InetSocketAddress(address, port))
                .toList();
    }

    /** As the user writes it. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private static IllegalArgumentException notAPeer(String text) {
        return new IllegalArgumentException(
                "'" + text + "' is not a peer: write HOST:PORT, or [ADDRESS]:PORT for IPv6, such as 192.0.2.7:6881");
    }
}
