package ahti.net.place;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Who is behind an address, as far as anybody can tell: one host is one voice, however many ports it opens.
 *
 * <p>Over IPv4 that is the address; over IPv6 its first 64 bits, for the rest is free to choose. In local ranges every port
 * is an origin of its own: there, many nodes of one machine are usual, and none of them is a stranger.
 *
 * @param host the address, over IPv6 its network
 * @param port 0 unless the address is local
 */
public record Origin(InetAddress host, int port) {

    /** Who is behind that address. */
    public static Origin of(InetSocketAddress address) {
        InetAddress host = address.getAddress();
        return Addresses.isLocal(host) ? new Origin(host, address.getPort()) : new Origin(network(host), 0);
    }

    private static InetAddress network(InetAddress host) {
        byte[] bytes = host.getAddress();
        if (bytes.length == 4) {
            return host;
        }
        Arrays.fill(bytes, 8, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("sixteen bytes are an address", e);
        }
    }
}
