package ahti.engine;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.stream.Stream;

/** Addresses as strangers write them: {@code 192.0.2.7:6881}, {@code [2001:db8::7]:6881}. Names are not looked up. */
public final class LiteralAddress {
    private static final int MOST_PORT = 65_535;
    private static final int MOST_OCTET = 255;

    private LiteralAddress() {}

    /** The address; empty when it is none, or a name. */
    public static Optional<InetSocketAddress> parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        String port = text.substring(colon + 1);
        boolean isLiteral = isIpv4(host) || host.matches("\\[[0-9a-fA-F:.]{2,45}]");
        if (!isLiteral || !port.matches("\\d{1,5}")) {
            return Optional.empty();
        }
        int number = Integer.parseInt(port);
        if (number == 0 || number > MOST_PORT) {
            return Optional.empty();
        }
        try {
            // Only digits: the name service is not asked.
            return Optional.of(new InetSocketAddress(InetAddress.getByName(host), number));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Four numbers up to 255: anything else would be taken for a name. */
    private static boolean isIpv4(String host) {
        return host.matches("\\d{1,3}(\\.\\d{1,3}){3}")
                && Stream.of(host.split("\\.", -1)).allMatch(part -> Integer.parseInt(part) <= MOST_OCTET);
    }
}
