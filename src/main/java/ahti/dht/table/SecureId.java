package ahti.dht.table;

import ahti.dht.krpc.NodeId;
import ahti.net.place.Addresses;
import java.net.InetAddress;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32C;

/**
 * Ids that fit an address (BEP 42): whoever wants to be near to a torrent cannot choose where its node is.
 *
 * <p>Of an id the first 21 bits are those of a CRC32-C over the masked address and three bits of the last byte, which are
 * free. For IPv4 the checksum is over the four bytes, as in the standard's sample code and vectors, not in its prose.
 */
public final class SecureId {
    private static final byte[] MASK_4 = {0x03, 0x0f, 0x3f, (byte) 0xff};
    private static final byte[] MASK_6 = {0x01, 0x03, 0x07, 0x0f, 0x1f, 0x3f, 0x7f, (byte) 0xff};
    /** The first 21 bits. */
    private static final int HELD = 0xfffff800;

    private SecureId() {}

    /** Whether a node at that address may have that id; in local ranges any. */
    public static boolean fits(NodeId id, InetAddress address) {
        if (Addresses.isLocal(address)) {
            return true;
        }
        int first = (int) (id.high() >>> Integer.SIZE);
        return ((first ^ checksum(address, id.low() & 0x07)) & HELD) == 0;
    }

    /** An id for a node at that address, otherwise by lot. */
    public static NodeId of(InetAddress address, RandomGenerator random) {
        NodeId any = NodeId.random(random);
        int checksum = checksum(address, any.low() & 0x07);
        int first = (checksum & HELD) | ((int) (any.high() >>> Integer.SIZE) & ~HELD);
        return new NodeId(((long) first << Integer.SIZE) | (any.high() & 0xffffffffL), any.middle(), any.low());
    }

    private static int checksum(InetAddress address, int r) {
        byte[] bytes = address.getAddress();
        byte[] mask = bytes.length == 4 ? MASK_4 : MASK_6;
        byte[] masked = new byte[mask.length];
        for (int i = 0; i < mask.length; i++) {
            masked[i] = (byte) (bytes[i] & mask[i]);
        }
        masked[0] |= (byte) (r << 5);
        CRC32C crc = new CRC32C();
        crc.update(masked);
        return (int) crc.getValue();
    }
}
