package ahti.testkit.record.payload;

import org.apache.pekko.util.ByteString;

/** Where the data of blocks goes when bytes are packed, and comes from when they are unpacked. */
public interface BlockData {

    /** The blocks of which nothing needs to be known. */
    BlockData NONE = new BlockData() {
        @Override
        public void left(long number, int piece, int offset, ByteString data, boolean last) {}

        @Override
        public ByteString made(long number, int piece, int offset, int length) {
            return ByteString.fromArrayUnsafe(new byte[length]);
        }
    };

    /**
     * Data was left out.
     *
     * @param number of the block that it is of
     * @param offset in the piece
     * @param last whether the block is complete with it
     */
    void left(long number, int piece, int offset, ByteString data, boolean last);

    /** The data to put in: so many bytes of that block. */
    ByteString made(long number, int piece, int offset, int length);
}
