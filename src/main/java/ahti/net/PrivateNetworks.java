package ahti.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/** Tells addresses of this machine and of the networks around it from those of the Internet. */
public final class PrivateNetworks {

    private static final int IPV4 = 4;
    private static final int IPV6 = 16;
    /** 64:ff9b::/96. */
    private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

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

    /**
     * Loopback, private (RFC 1918, RFC 6598, RFC 4193), of one link, multicast, or none at all; also by way of IPv6 addresses that
     * stand for such of IPv4 (RFC 4291, RFC 6052, RFC 3056).
     */
    public static boolean contain(InetAddress address) {
        return isPrivate(address)
                || embedded(address).filter(PrivateNetworks::isPrivate).isPresent();
    }

    /** The address of IPv4 that one of IPv6 stands for, wherever it would be translated: {@code ::a.b.c.d}, NAT64, 6to4. */
    private static Optional<InetAddress> embedded(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != IPV6) {
            return Optional.empty();
        }
        byte[] prefix = Arrays.copyOf(bytes, NAT64.length);
        if (Arrays.equals(prefix, NAT64) || Arrays.equals(prefix, new byte[NAT64.length])) {
            return Optional.of(ipv4(bytes, NAT64.length));
        }
        return bytes[0] == 0x20 && bytes[1] == 0x02 ? Optional.of(ipv4(bytes, 2)) : Optional.empty();
    }

    private static InetAddress ipv4(byte[] bytes, int from) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + IPV4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static boolean isPrivate(InetAddress address) {
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
