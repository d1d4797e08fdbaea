package ahti.hash;

import ahti.core.PieceHash;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.apache.pekko.util.ByteString;

/**
 * SHA-1 over the fragments of a piece (BEP 3), where they lie: ropes are never made compact for it.
 *
 * <p>Holds one digest that it uses again and again: one owner at a time.
 */
public final class PieceDigest {
    private final MessageDigest sha1 = newSha1();

    /** The 20 bytes of SHA-1 over all blocks, one after the other. */
    public byte[] of(List<ByteString> blocks) {
        sha1.reset();
        for (ByteString block : blocks) {
            for (ByteBuffer fragment : block.getByteBuffers()) {
                sha1.update(fragment);
            }
        }
        return sha1.digest();
    }

    /** Whether the blocks, one after the other, are the piece of that hash. */
    public boolean matches(List<ByteString> blocks, PieceHash expected) {
        return expected.matches(of(blocks));
    }

    /** A digest for SHA-1, which every Java platform has. */
    public static MessageDigest newSha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
