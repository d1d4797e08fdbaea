package ahti.bencode;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** An integer or a string being built: its bytes are {@code head}, then {@code body}. Never changes once made. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Leaf(byte[] head, byte[] body) implements Bencoded {
    private static final byte[] NOTHING = {};

    static Leaf of(long value) {
        return new Leaf(ascii("i" + value + "e"), NOTHING);
    }

    static Leaf of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    static Leaf of(byte[] bytes) {
        return new Leaf(ascii(bytes.length + ":"), bytes.clone());
    }

    @Override
    public void writeTo(ByteArrayOutputStream out) {
        out.writeBytes(head);
        out.writeBytes(body);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
