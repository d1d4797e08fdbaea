package ahti.webseed;

import ahti.core.Block;
import ahti.core.BlockRef;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.util.ByteString;

/**
 * Blocks that follow each other in the torrent.
 *
 * @param offset bytes from the start of the torrent
 */
record Run(long offset, List<BlockRef> blocks) {

    /** Bytes of all blocks. */
    int length() {
        return blocks.stream().mapToInt(BlockRef::length).sum();
    }

    /** The blocks, cut out of their bytes. */
    List<Block> cut(ByteString bytes) {
        List<Block> cut = new ArrayList<>(blocks.size());
        int at = 0;
        for (BlockRef ref : blocks) {
            cut.add(new Block(ref, bytes.slice(at, at + ref.length())));
            at += ref.length();
        }
        return cut;
    }
}
