package ahti.bencode;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * A dictionary being built. Entries may be put in any order: they are written as BEP 3 wants them, sorted by the raw bytes
 * of their keys. A key put again replaces what it had.
 */
public final class DictBuilder implements Bencoded {
    private final Map<byte[], Bencoded> entries = new TreeMap<>(Arrays::compareUnsigned);

    /** Puts an integer. */
    public DictBuilder put(String key, long value) {
        return put(key, Leaf.of(value));
    }

    /** Puts a string, as UTF-8. */
    public DictBuilder put(String key, String value) {
        return put(key, Leaf.of(value));
    }

    /** Puts a byte string, which is copied. */
    public DictBuilder put(String key, byte[] value) {
        return put(key, Leaf.of(value));
    }

    /** Puts a value: one that was read, a dictionary or a list. */
    public DictBuilder put(String key, Bencoded value) {
        return put(key.getBytes(StandardCharsets.UTF_8), value);
    }

    /** Puts a value under a key that need not be text. */
    public DictBuilder put(byte[] key, Bencoded value) {
        entries.put(key.clone(), value);
        return this;
    }

    @Override
    public void writeTo(ByteArrayOutputStream out) {
        out.write('d');
        entries.forEach((key, value) -> {
            Leaf.of(key).writeTo(out);
            value.writeTo(out);
        });
        out.write('e');
    }
}
