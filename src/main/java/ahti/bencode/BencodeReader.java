package ahti.bencode;

/**
 * Reads bencode (BEP 3) from strangers.
 *
 * <p>One pass checks everything before anything is handed out: the grammar, that each length fits what is there, the
 * nesting, the number of values, that no dictionary has a key twice. Nothing is allocated by a length that the message
 * claims, and nothing recurses. Refused as not canonical: leading zeros, {@code -0}, integers beyond 64 bits. Accepted
 * although not canonical, because real files are so: dictionaries whose keys are not sorted, and white space after the end.
 */
public final class BencodeReader {

    private BencodeReader() {}

    /**
     * Reads a message, whatever its type.
     *
     * @param bytes the whole message; not copied, so it must not change while values of it are in use
     * @param maxDepth how many lists and dictionaries may be open at once
     * @param maxItems how many values there may be, keys not counted
     */
    public static BencodeValue read(byte[] bytes, int maxDepth, int maxItems) throws BencodeException {
        return Walk.outermost(new Scan(bytes, maxDepth, maxItems).run());
    }

    /** Reads a message that must be a dictionary, as most are; otherwise as {@link #read}. */
    public static BencodeDict readDict(byte[] bytes, int maxDepth, int maxItems) throws BencodeException {
        BencodeValue value = read(bytes, maxDepth, maxItems);
        if (value instanceof BencodeDict dict) {
            return dict;
        }
        throw new BencodeException(0, "expected a dictionary, found " + value.kind());
    }
}
