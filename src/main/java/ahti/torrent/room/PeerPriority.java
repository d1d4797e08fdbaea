package ahti.torrent.room;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Which connections a swarm keeps when everybody has too many (BEP 40): a number that both ends work out alike and nobody
 * can choose, so that those kept by one are those kept by the other, and nobody pushes everybody else out.
 */
public final class PeerPriority {
    /** Bytes of an address that count in full whoever the other is; nearer ones differ in further bytes only. */
    private static final int FOUR = 2;

    private static final int SIX = 6;

    /** Of all other bytes half the bits count: a network cannot take many numbers. */
    private static final int MASK = 0x55;

    private PeerPriority() {}

    /**
     * The priority of a connection between these two; higher is better. Between families there is none: 0.
     *
     * @param one the address of one end, as the other sees it
     */
    public static long of(InetSocketAddress one, InetSocketAddress other) {
        InetAddress ours = one.getAddress();
        InetAddress theirs = other.getAddress();
        if (ours.equals(theirs)) {
            int low = Math.min(one.getPort(), other.getPort());
            int high = Math.max(one.getPort(), other.getPort());
            return crc(ByteBuffer.allocate(4)
                    .putShort((short) low)
                    .putShort((short) high)
                    .array());
        }
        byte[] a = ours.getAddress();
        byte[] b = theirs.getAddress();
        return a.length == b.length ? ofAddresses(a, b) : 0;
    }

    private static long ofAddresses(byte[] a, byte[] b) {
        int full = a.length == Integer.BYTES ? FOUR : SIX;
        while (full < a.length && Arrays.equals(a, 0, full, b, 0, full)) {
            full++;
        }
        for (int index = full; index < a.length; index++) {
            a[index] &= MASK;
            b[index] &= MASK;
        }
        boolean inOrder = Arrays.compareUnsigned(a, b) < 0;
        return crc(ByteBuffer.allocate(a.length + b.length)
                .put(inOrder ? a : b)
                .put(inOrder ? b : a)
                .array());
    }

    private static long crc(byte... bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return crc.getValue();
    }
}
