package ahti.bencode;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * A value inside a message that was read: a view of its original bytes, which the reader has checked.
 *
 * <p>Equal when the original bytes are. Views are made when asked for and share the message, so keep a copy of what you
 * need rather than a view of it when the message is large.
 */
public abstract sealed class BencodeValue implements Bencoded
        permits BencodeInteger, BencodeBytes, BencodeList, BencodeDict {
    final Message message;
    final int start;
    final int end;

    BencodeValue(Message message, int start, int end) {
        this.message = message;
        this.start = start;
        this.end = end;
    }

    /** Where its first byte is in the message, counted from 0. */
    public int position() {
        return start;
    }

    /** What it is, for an error message: {@code an integer}, {@code a string}, {@code a list}, {@code a dictionary}. */
    public abstract String kind();

    /** The bytes as they came, to hash or to forward; a read-only view. */
    public ByteBuffer original() {
        return ByteBuffer.wrap(message.bytes(), start, end - start).slice().asReadOnlyBuffer();
    }

    @Override
    public void writeTo(ByteArrayOutputStream out) {
        out.write(message.bytes(), start, end - start);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BencodeValue that && original().equals(that.original());
    }

    @Override
    public int hashCode() {
        return original().hashCode();
    }

    @Override
    public String toString() {
        return kind() + " at byte " + start;
    }
}
