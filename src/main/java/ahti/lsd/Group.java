package ahti.lsd;

import ahti.core.Hex;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** The multicast groups of BEP 14, one for each family. */
enum Group {
    /** Within an organization. */
    IPV4("efc0988f", "239.192.152.143:6771"),
    /** Within a site. */
    IPV6("ff1500000000000000000000efc0988f", "[ff15::efc0:988f]:6771");

    private static final int PORT = 6771;

    private final String digits;
    private final String host;

    Group(String digits, String host) {
        this.digits = digits;
        this.host = host;
    }

    InetSocketAddress address() {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(Hex.parse(digits)), PORT);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As a {@code Host} line says it. */
    String host() {
        return host;
    }
}
