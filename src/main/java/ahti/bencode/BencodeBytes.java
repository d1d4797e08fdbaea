package ahti.bencode;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** A byte string, often but not always text. */
public final class BencodeBytes extends BencodeValue implements Comparable<BencodeBytes> {
    /** Where the string itself begins, after its length and the colon. */
    private final int first;

    BencodeBytes(Message message, int start, int first, int end) {
        super(message, start, end);
        this.first = first;
    }

    /** How many bytes the string has. */
    public int size() {
        return end - first;
    }

    /** A copy of the string's bytes. */
    public byte[] toBytes() {
        return Arrays.copyOfRange(message.bytes(), first, end);
    }

    /** As UTF-8; what is not valid becomes {@code U+FFFD}. Not cleaned: it may hold control characters. */
    public String text() {
        return new String(message.bytes(), first, end - first, StandardCharsets.UTF_8);
    }

    /** As UTF-8; empty when it is not valid. */
    public Optional<String> validText() {
        String text = text();
        return text.indexOf('\uFFFD') < 0 || isUtf8() ? Optional.of(text) : Optional.empty();
    }

    private boolean isUtf8() {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(message.bytes(), first, end - first));
            return true;
        } catch (CharacterCodingException notUtf8) {
            return false;
        }
    }

    boolean is(byte[] other) {
        return Arrays.equals(message.bytes(), first, end, other, 0, other.length);
    }

    /** By the bytes, unsigned: the order of keys in a dictionary. */
    @Override
    public int compareTo(BencodeBytes other) {
        return Arrays.compareUnsigned(message.bytes(), first, end, other.message.bytes(), other.first, other.end);
    }

    @Override
    public String kind() {
        return "a string";
    }
}
