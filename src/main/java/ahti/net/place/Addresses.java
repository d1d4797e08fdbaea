package ahti.net.place;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** What an address can be: a node at all, one of our own neighbourhood, one of the world. */
public final class Addresses {
    private Addresses() {}

    /** Whether a node could be there: a port, and neither multicast nor broadcast nor a wildcard. */
    public static boolean isPlausible(InetSocketAddress address) {
        InetAddress host = address.getAddress();
        byte[] bytes = host.getAddress();
        boolean reserved = bytes.length == 4 && (bytes[0] == 0 || (bytes[0] & 0xf0) == 0xf0);
        return address.getPort() != 0 && !host.isMulticastAddress() && !host.isAnyLocalAddress() && !reserved;
    }

    /**
     * Whether it means something in a local network only. Such nodes need no id that fits their address (BEP 42 names the
     * ranges of IPv4; of IPv6 they are the loopback address, fe80::/10 and fc00::/7).
     */
    public static boolean isLocal(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
        return address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || uniqueLocal;
    }

    /**
     * Whether a node at {@code from} may send us there: nobody of the world sends us into our local network, or a stranger
     * could aim us at whatever listens there.
     */
    public static boolean mayName(InetSocketAddress from, InetSocketAddress address) {
        return isPlausible(address) && (isLocal(from.getAddress()) || !isLocal(address.getAddress()));
    }
}
