package ahti.bencode;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** A list being built. */
public final class ListBuilder implements Bencoded {
    private final List<Consumer<ByteArrayOutputStream>> parts = new ArrayList<>();

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
        parts.add(value::writeTo);
        return this;
    }

    /** Adds a value for each of these; none of them is kept: they are made when they are written, each time. */
    public <T> ListBuilder addEach(List<T> of, Function<T, Bencoded> as) {
        parts.add(out -> of.forEach(one -> as.apply(one).writeTo(out)));
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
        parts.forEach(part -> part.accept(out));
        out.write('e');
    }
}
