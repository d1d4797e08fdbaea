package ahti.realpeers;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Writes bencode for the torrents of these tests: an oracle that shares no code with {@code ahti.bencode}. */
final class Bencoder {
    private Bencoder() {}

    /** Of a {@link SortedMap} with ASCII keys, a {@link List}, a {@link String}, a {@code byte[]} or a {@link Number}. */
    static byte[] encode(Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(value, out);
        return out.toByteArray();
    }

    private static void write(Object value, ByteArrayOutputStream out) {
        if (value instanceof SortedMap<?, ?> map) {
            out.write('d');
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                write(entry.getKey(), out);
                write(entry.getValue(), out);
            }
            out.write('e');
        } else if (value instanceof List<?> list) {
            out.write('l');
            list.forEach(element -> write(element, out));
            out.write('e');
        } else if (value instanceof Number number) {
            out.writeBytes(ascii("i" + number + "e"));
        } else if (value instanceof byte[] bytes) {
            out.writeBytes(ascii(bytes.length + ":"));
            out.writeBytes(bytes);
        } else if (value instanceof String text) {
            write(text.getBytes(StandardCharsets.UTF_8), out);
        } else {
            throw new IllegalArgumentException("no bencode for " + value);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
