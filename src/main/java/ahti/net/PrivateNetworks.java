package ahti.net;

import java.net.Inet6Address;
import java.net.InetAddress;

/** Tells addresses of this machine and of the networks around it from those of the Internet. */
public final class PrivateNetworks {

    private PrivateNetworks() {}

    /**
     * Whether what goes there does not pass the line to the Internet: this machine, one link, private networks (RFC 1918, RFC
     * 4193). Not what carriers put between themselves and their customers (RFC 6598).
     */
    public static boolean isNear(InetAddress address) {
        return address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || isUniqueLocal(address);
    }

    /** Loopback, private (RFC 1918, RFC 6598, RFC 4193), of one link, multicast, or none at all. */
    public static boolean contain(InetAddress address) {
        if (address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return true;
        }
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        return address instanceof Inet6Address
                ? isUniqueLocal(address)
                : first == 0 || first >= 240 || (first == 100 && (second & 0xc0) == 0x40);
    }

    private static boolean isUniqueLocal(InetAddress address) {
        return address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc;
    }
}
