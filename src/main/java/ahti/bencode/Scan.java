package ahti.bencode;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/** The one pass that checks a message and notes where its lists and dictionaries end. */
final class Scan {
    /** A dictionary that is not sorted has its keys compared through a set; with more keys it is refused instead. */
    static final int MOST_UNSORTED_KEYS = 100_000;

    private final byte[] bytes;
    private final int maxItems;
    /** What is open, outermost first. */
    private final Frame[] open;

    private int depth;
    private int position;
    private int items;
    private final Containers containers = new Containers();

    /** A list or dictionary that is open. */
    private static final class Frame {
        final int ordinal;
        final int start;
        final boolean isDict;
        boolean keyIsNext;
        boolean sorted = true;
        /** Where the latest key begins, its length not counted, and ends; -1 before the first. */
        int keyStart = -1;

        int keyEnd = -1;

        Frame(int ordinal, int start, boolean isDict) {
            this.ordinal = ordinal;
            this.start = start;
            this.isDict = isDict;
            this.keyIsNext = isDict;
        }
    }

    Scan(byte[] bytes, int maxDepth, int maxItems) {
        this.bytes = bytes;
        this.maxItems = maxItems;
        this.open = new Frame[maxDepth];
    }

    Message run() throws BencodeException {
        value();
        while (depth > 0) {
            Frame frame = open[depth - 1];
            if (peek() == 'e') {
                close(frame);
            } else if (frame.keyIsNext) {
                key(frame);
            } else {
                frame.keyIsNext = frame.isDict;
                value();
            }
        }
        for (int i = position; i < bytes.length; i++) {
            if (bytes[i] != '\n' && bytes[i] != '\r' && bytes[i] != ' ' && bytes[i] != '\t') {
                throw new BencodeException(i, "more bytes after the end");
            }
        }
        return new Message(bytes, containers);
    }

    private void value() throws BencodeException {
        if (++items > maxItems) {
            throw new BencodeException(position, "more than " + maxItems + " values");
        }
        switch (peek()) {
            case 'd', 'l' -> open();
            case 'i' -> integer();
            default -> string("a value");
        }
    }

    private void open() throws BencodeException {
        if (depth == open.length) {
            throw new BencodeException(position, "nested deeper than " + open.length);
        }
        open[depth++] = new Frame(containers.open(), position, bytes[position] == 'd');
        position++;
    }

    private void close(Frame frame) throws BencodeException {
        if (frame.isDict && !frame.keyIsNext) {
            throw new BencodeException(position, "a key without a value");
        }
        position++;
        containers.close(frame.ordinal, position);
        if (!frame.sorted) {
            refuseDuplicates(frame);
        }
        depth--;
    }

    private void key(Frame frame) throws BencodeException {
        int start = position;
        int first = string("a key");
        if (frame.keyStart >= 0) {
            int order = Arrays.compareUnsigned(bytes, frame.keyStart, frame.keyEnd, bytes, first, position);
            if (order == 0) {
                throw new BencodeException(start, "the same key again");
            }
            frame.sorted &= order < 0;
        }
        frame.keyStart = first;
        frame.keyEnd = position;
        frame.keyIsNext = false;
    }

    /** Sorted neighbours were compared on the way; here the dictionary is not sorted, so any two keys may be equal. */
    private void refuseDuplicates(Frame frame) throws BencodeException {
        Set<BencodeBytes> seen = new TreeSet<>();
        Walk walk = new Walk(new Message(bytes, containers), frame.start, frame.ordinal);
        while (walk.hasNext()) {
            BencodeBytes key = walk.nextString();
            if (!seen.add(key)) {
                throw new BencodeException(key.position(), "the same key again");
            }
            if (seen.size() > MOST_UNSORTED_KEYS) {
                throw new BencodeException(key.position(), "more than " + MOST_UNSORTED_KEYS + " keys, not sorted");
            }
            walk.skip();
        }
    }

    private void integer() throws BencodeException {
        int start = position++;
        boolean negative = peek() == '-';
        if (negative) {
            position++;
        }
        int digits = position;
        long value = 0;
        while (isDigit(peek())) {
            int digit = bytes[position++] - '0';
            // Downwards, because the smallest long has no positive twin.
            if (value < Long.MIN_VALUE / 10 || value * 10 < Long.MIN_VALUE + digit) {
                throw new BencodeException(start, "an integer of more than 64 bits");
            }
            value = value * 10 - digit;
        }
        if (bytes[position] != 'e' || position == digits) {
            throw new BencodeException(position, "expected a digit of an integer, found " + show(bytes[position]));
        }
        if (bytes[digits] == '0' && (negative || position > digits + 1)) {
            throw new BencodeException(
                    start, negative ? "an integer that begins with -0" : "an integer with a leading 0");
        }
        if (!negative && value == Long.MIN_VALUE) {
            throw new BencodeException(start, "an integer of more than 64 bits");
        }
        position++;
    }

    /** Steps over a string and says where, after its length and the colon, it begins. */
    private int string(String expected) throws BencodeException {
        int start = position;
        if (!isDigit(peek())) {
            throw new BencodeException(start, "expected " + expected + ", found " + show(bytes[start]));
        }
        long length = 0;
        while (isDigit(peek())) {
            length = length * 10 + bytes[position++] - '0';
            if (length > bytes.length) {
                throw new BencodeException(start, "a string longer than the rest");
            }
        }
        if (bytes[position] != ':') {
            throw new BencodeException(position, "expected a colon after a length, found " + show(bytes[position]));
        }
        if (bytes[start] == '0' && position > start + 1) {
            throw new BencodeException(start, "a length with a leading 0");
        }
        int first = position + 1;
        if (length > bytes.length - first) {
            throw new BencodeException(
                    start, "a string of " + length + " bytes where " + (bytes.length - first) + " are left");
        }
        position = first + (int) length;
        return first;
    }

    private byte peek() throws BencodeException {
        if (position == bytes.length) {
            throw new BencodeException(position, bytes.length == 0 ? "nothing there" : "ends too early");
        }
        return bytes[position];
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static String show(byte b) {
        return b > ' ' && b < 0x7f ? "'" + (char) b + "'" : "byte " + (b & 0xff);
    }
}
