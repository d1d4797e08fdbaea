package ahti.net;

import java.net.Inet6Address;
import java.net.InetAddress;

/** Tells addresses of this machine and of the networks around it from those of the Internet. */
public final class PrivateNetworks {

    private PrivateNetworks() {}

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
                ? (first & 0xfe) == 0xfc
                : first == 0 || first >= 240 || (first == 100 && (second & 0xc0) == 0x40);
    }
}
