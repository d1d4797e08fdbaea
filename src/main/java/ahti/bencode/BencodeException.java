package ahti.bencode;

/**
 * These bytes are not bencode that we accept. Somebody else's fault, so it is checked and has no stack trace: where it is
 * wrong in their bytes matters, where we noticed does not.
 */
public final class BencodeException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int position;
    private final String reason;

    /** What is wrong at which byte, counted from 0. */
    public BencodeException(int position, String reason) {
        super(describe(position, reason), null, false, false);
        this.position = position;
        this.reason = reason;
    }

    /** The byte at which it is wrong, counted from 0; the length of the input when it ends too early. */
    public int position() {
        return position;
    }

    /** What is wrong, without the position; one line, safe to show. */
    public String reason() {
        return reason;
    }

    /** Both, in one line: {@code at byte 57: ends too early}. */
    public String describe() {
        return describe(position, reason);
    }

    private static String describe(int position, String reason) {
        return "at byte " + position + ": " + reason;
    }
}
