package ahti.tracker;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Collection;

/** Peers packed as address and port, big-endian (BEP 23 and 7). */
final class CompactPeers {
    static final int IPV4 = 4;
    static final int IPV6 = 16;

    private CompactPeers() {}

    /**
     * Reads entries of {@code addressLength} + 2 bytes into {@code peers} until it holds {@code most}. Port 0 is left out, a
     * last partial entry ignored.
     */
    static void read(ByteBuffer packed, int addressLength, int most, Collection<InetSocketAddress> peers) {
        byte[] address = new byte[addressLength];
        while (packed.remaining() >= addressLength + 2 && peers.size() < most) {
            packed.get(address);
            int port = Short.toUnsignedInt(packed.getShort());
            if (port != 0) {
                peers.add(new InetSocketAddress(address(address), port));
            }
        }
    }

    /** The address made of 4 or 16 bytes. */
    static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address of " + bytes.length + " bytes", e);
        }
    }
}
