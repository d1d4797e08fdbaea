package ahti.bencode;

/** An integer of at most 64 bits. */
public final class BencodeInteger extends BencodeValue {
    BencodeInteger(Message message, int start, int end) {
        super(message, start, end);
    }

    /** What it says. */
    public long value() {
        boolean negative = message.bytes()[start + 1] == '-';
        long value = 0;
        for (int i = negative ? start + 2 : start + 1; i < end - 1; i++) {
            // Downwards, because the smallest long has no positive twin.
            value = value * 10 - (message.bytes()[i] - '0');
        }
        return negative ? value : -value;
    }

    @Override
    public String kind() {
        return "an integer";
    }
}
