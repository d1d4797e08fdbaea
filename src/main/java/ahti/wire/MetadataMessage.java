package ahti.wire;

import ahti.bencode.BencodeDict;
import ahti.bencode.BencodeException;
import ahti.bencode.BencodeReader;
import ahti.bencode.DictBuilder;
import ahti.core.InfoBytes;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/** A message of {@code ut_metadata}: the info dictionary in blocks of 16 KiB (BEP 9). */
public sealed interface MetadataMessage {
    /** Bytes of a block; the last may be shorter. */
    int BLOCK = InfoBytes.BLOCK;

    /** Which block. */
    int block();

    /** Send me this block. */
    record Request(int block) implements MetadataMessage {}

    /** Here is a block; {@code totalSize} is that of all of them together. */
    record Data(int block, long totalSize, ByteString bytes) implements MetadataMessage {}

    /** You will not get this block of me. */
    record Reject(int block) implements MetadataMessage {}

    /** The body of an extended message; empty when it is of a kind that nobody knows, which is lawful, or makes no sense. */
    static Optional<MetadataMessage> read(ByteString body) {
        try {
            // Data follow the dictionary without a length: where they begin, only its end tells.
            int end = DictEnd.of(body);
            BencodeDict dict = BencodeReader.readDict(body.take(end).toArray(), 4, 100);
            long block = dict.integer("piece").orElse(-1);
            if (block < 0 || block > Integer.MAX_VALUE) {
                return Optional.empty();
            }
            int index = (int) block;
            long type = dict.integer("msg_type").orElse(-1);
            if (type == 0) {
                return Optional.of(new Request(index));
            } else if (type == 1) {
                return Optional.of(new Data(index, dict.integer("total_size").orElse(-1), body.drop(end)));
            }
            return type == 2 ? Optional.of(new Reject(index)) : Optional.empty();
        } catch (BencodeException e) {
            return Optional.empty();
        }
    }

    /** The body that says this. */
    default ByteString toBody() {
        DictBuilder dict = new DictBuilder();
        if (this instanceof Data data) {
            byte[] head = dict.put("msg_type", 1)
                    .put("piece", block())
                    .put("total_size", data.totalSize())
                    .encode();
            return ByteString.fromArrayUnsafe(head).concat(data.bytes());
        }
        dict.put("msg_type", this instanceof Request ? 0 : 2).put("piece", block());
        return ByteString.fromArrayUnsafe(dict.encode());
    }
}
