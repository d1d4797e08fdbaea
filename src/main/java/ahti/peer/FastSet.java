package ahti.peer;

import ahti.core.InfoHash;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which pieces a peer may ask for while it is choked: the same for all of a /24, whoever asks and however often it connects
 * (BEP 6).
 */
final class FastSet {
    private static final int MASKED = 3;

    private FastSet() {}

    /**
     * The set of so many pieces for a peer; fewer when the torrent has fewer, none for anything but IPv4, of which alone BEP 6
     * speaks.
     *
     * @param peer as we see it
     */
    static List<Integer> of(InfoHash torrent, InetAddress peer, int pieces, int size) {
        byte[] ip = peer.getAddress();
        int wanted = ip.length == 4 ? Math.min(size, pieces) : 0;
        List<Integer> set = new ArrayList<>();
        if (wanted == 0) {
            return set;
        }
        ByteBuffer seed = ByteBuffer.allocate(ip.length + InfoHash.WIRE_LENGTH);
        byte[] x =
                seed.put(ip, 0, MASKED).put((byte) 0).put(torrent.wireBytes()).array();
        while (set.size() < wanted) {
            x = sha1(x);
            ByteBuffer numbers = ByteBuffer.wrap(x);
            while (numbers.remaining() >= 4 && set.size() < wanted) {
                int piece = Integer.remainderUnsigned(numbers.getInt(), pieces);
                if (!set.contains(piece)) {
                    set.add(piece);
                }
            }
        }
        return set;
    }

    private static byte[] sha1(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
