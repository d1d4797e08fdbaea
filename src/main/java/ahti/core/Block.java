package ahti.core;

import org.apache.pekko.util.ByteString;

/** A block with its bytes, which are a slice of what was read from the socket or the disk: never copied on the way. */
public record Block(BlockRef ref, ByteString data) {
    public Block {
        if (data.length() != ref.length()) {
            throw new IllegalArgumentException("block " + ref + " came with " + data.length() + " bytes");
        }
    }
}
