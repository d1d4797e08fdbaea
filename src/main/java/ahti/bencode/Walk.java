package ahti.bencode;

/** A walk over the values directly inside a list or dictionary, keys counted as values. */
final class Walk {
    private final Message message;
    /** Where the next value begins, or the final {@code e} is. */
    private int position;
    /** The number of the next container to open. */
    private int ordinal;

    Walk(Message message, int start, int ordinal) {
        this.message = message;
        this.position = start + 1;
        this.ordinal = ordinal + 1;
    }

    private Walk(Message message) {
        this.message = message;
    }

    /** The value a whole message is. */
    static BencodeValue outermost(Message message) {
        return new Walk(message).next();
    }

    boolean hasNext() {
        return message.bytes()[position] != 'e';
    }

    BencodeValue next() {
        int start = position;
        int number = ordinal;
        return switch (message.bytes()[start]) {
            case 'd' -> {
                skip();
                yield new BencodeDict(message, start, number);
            }
            case 'l' -> {
                skip();
                yield new BencodeList(message, start, number);
            }
            case 'i' -> {
                skip();
                yield new BencodeInteger(message, start, position);
            }
            default -> nextString();
        };
    }

    BencodeBytes nextString() {
        int start = position;
        int length = 0;
        int at = start;
        for (; message.bytes()[at] != ':'; at++) {
            length = length * 10 + message.bytes()[at] - '0';
        }
        position = at + 1 + length;
        return new BencodeBytes(message, start, at + 1, position);
    }

    void skip() {
        if (message.isContainer(position)) {
            position = message.containers().end(ordinal);
            ordinal = message.containers().following(ordinal);
        } else if (message.bytes()[position] == 'i') {
            while (message.bytes()[position] != 'e') {
                position++;
            }
            position++;
        } else {
            nextString();
        }
    }
}
