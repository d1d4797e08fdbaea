package ahti.wire;

import ahti.bencode.BencodeException;
import org.apache.pekko.util.ByteString;

/** Where the dictionary ends that a message begins with. */
final class DictEnd {
    /** A dictionary of {@code ut_metadata} has three small integers; what goes on for longer is none. */
    private static final int MOST = 1_000;

    private DictEnd() {}

    /**
     * The index after the dictionary's {@code e}. What is inside is for {@code BencodeReader} to check.
     *
     * @throws BencodeException when it does not end
     */
    static int of(ByteString bytes) throws BencodeException {
        int length = Math.min(bytes.length(), MOST);
        int depth = 0;
        int at = 0;
        while (at < length) {
            byte next = bytes.apply(at);
            if (next == 'd' || next == 'l') {
                depth++;
                at++;
            } else if (next == 'e') {
                depth--;
                at++;
                if (depth == 0) {
                    return at;
                }
            } else if (next == 'i') {
                at = after(bytes, at, 'e', length);
            } else if (next >= '0' && next <= '9') {
                at = afterString(bytes, at, length);
            } else {
                break;
            }
        }
        throw new BencodeException(at, "a dictionary that does not end");
    }

    private static int after(ByteString bytes, int from, char wanted, int length) {
        int at = from;
        while (at < length && bytes.apply(at) != wanted) {
            at++;
        }
        return at + 1;
    }

    private static int afterString(ByteString bytes, int from, int length) {
        long size = 0;
        int at = from;
        while (at < length && bytes.apply(at) >= '0' && bytes.apply(at) <= '9' && size < MOST) {
            size = size * 10 + bytes.apply(at) - '0';
            at++;
        }
        return (int) Math.min(length, at + 1 + size);
    }
}
