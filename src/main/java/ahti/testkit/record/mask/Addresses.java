package ahti.testkit.record.mask;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Other addresses in the place of real ones: from those that RFC 5737 and RFC 3849 keep for documents, numbered as they come. Ports
 * stay. Addresses that are nobody's in particular stay, too, for the engine tells them from others: loopback, any, multicast,
 * broadcast.
 */
final class Addresses {
    private static final byte[] V6 = {0x20, 0x01, 0x0d, (byte) 0xb8};
    private static final int DOCUMENTED = 254;

    private final Map<InetAddress, InetAddress> known = new LinkedHashMap<>();
    private int v4;
    private int v6;

    InetSocketAddress mask(InetSocketAddress real) {
        return new InetSocketAddress(mask(real.getAddress()), real.getPort());
    }

    InetAddress mask(InetAddress real) {
        return isNobodys(real) ? real : known.computeIfAbsent(real, any -> next(any.getAddress().length));
    }

    /** Rewrites addresses packed with their ports, where they stand; a last partial one stays. */
    void maskPacked(byte[] packed, int from, int addressLength) {
        for (int at = from; at + addressLength + 2 <= packed.length; at += addressLength + 2) {
            byte[] real = Arrays.copyOfRange(packed, at, at + addressLength);
            byte[] masked = mask(address(real)).getAddress();
            // An IPv4 address may come in the clothes of IPv6.
            int skip = addressLength - masked.length;
            System.arraycopy(masked, 0, packed, at + skip, masked.length);
        }
    }

    private static boolean isNobodys(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean special = bytes.length == 4 && (bytes[0] == 0 || (bytes[0] & 0xf0) == 0xf0);
        return special || address.isLoopbackAddress() || address.isAnyLocalAddress() || address.isMulticastAddress();
    }

    /** 192.0.2.1 and so on; when those are used up, 10.0.1.0 and so on. */
    private InetAddress next(int length) {
        if (length == 4) {
            v4++;
            int number = v4 <= DOCUMENTED ? 0xc0000200 + v4 : 0x0a000000 + v4;
            return address(ByteBuffer.allocate(4).putInt(number).array());
        }
        v6++;
        return address(ByteBuffer.allocate(16).put(V6).putInt(12, v6).array());
    }

    static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address of " + bytes.length + " bytes", e);
        }
    }
}
