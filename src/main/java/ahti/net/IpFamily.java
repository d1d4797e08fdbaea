package ahti.net;

import java.net.Inet4Address;
import java.net.InetAddress;

/** Which version of the Internet Protocol an address is of. */
public enum IpFamily {
    /** 4 bytes. */
    IPV4,
    /** 16 bytes. */
    IPV6;

    /** That of this address. */
    public static IpFamily of(InetAddress address) {
        return address instanceof Inet4Address ? IPV4 : IPV6;
    }
}
