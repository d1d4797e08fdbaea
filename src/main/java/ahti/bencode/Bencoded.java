package ahti.bencode;

import java.io.ByteArrayOutputStream;

/** Anything that can be written as bencode: a value that was read, or one being built. */
public sealed interface Bencoded permits BencodeValue, DictBuilder, ListBuilder, Leaf {

    /** Appends the bencoded bytes; of a value that was read, its original bytes. */
    void writeTo(ByteArrayOutputStream out);

    /** The bencoded bytes. */
    default byte[] encode() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writeTo(out);
        return out.toByteArray();
    }
}
