package ahti.testkit.script;

import org.apache.pekko.util.ByteString;

/** What a torrent contains, wherever it comes from: computed, or read. */
@FunctionalInterface
public interface BlockSource {

    /** The bytes of a run inside one piece. */
    ByteString block(int piece, int offset, int length);
}
