package ahti.bencode;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** A list being built. */
public final class ListBuilder implements Bencoded {
    private final List<Bencoded> items = new ArrayList<>();

    /** Adds an integer. */
    public ListBuilder add(long value) {
        return add(Leaf.of(value));
    }

    /** Adds a string, as UTF-8. */
    public ListBuilder add(String value) {
        return add(Leaf.of(value));
    }

    /** Adds a byte string, which is copied. */
    public ListBuilder add(byte[] value) {
        return add(Leaf.of(value));
    }

    /** Adds a value: one that was read, a dictionary or a list. */
    public ListBuilder add(Bencoded value) {
        items.add(value);
        return this;
    }

    /** Adds strings, as UTF-8. */
    public ListBuilder addAll(List<String> values) {
        values.forEach(this::add);
        return this;
    }

    @Override
    public void writeTo(ByteArrayOutputStream out) {
        out.write('l');
        items.forEach(item -> item.writeTo(out));
        out.write('e');
    }
}
