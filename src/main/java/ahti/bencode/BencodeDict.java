package ahti.bencode;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A dictionary. No key stands in it twice.
 *
 * <p>The typed look-ups answer empty when the key is missing and when its value is of another type: what a stranger left
 * out and what a stranger got wrong mostly deserve the same. {@link #get} tells the two apart. A look-up walks the
 * dictionary.
 */
public final class BencodeDict extends BencodeValue implements Iterable<BencodeDict.Entry> {
    private final int ordinal;

    BencodeDict(Message message, int start, int ordinal) {
        super(message, start, message.containers().end(ordinal));
        this.ordinal = ordinal;
    }

    /** One key and its value. */
    public record Entry(BencodeBytes key, BencodeValue value) {}

    /** The value of a key, whatever its type. */
    public Optional<BencodeValue> get(String key) {
        byte[] wanted = key.getBytes(StandardCharsets.UTF_8);
        Walk walk = new Walk(message, start, ordinal);
        while (walk.hasNext()) {
            if (walk.nextString().is(wanted)) {
                return Optional.of(walk.next());
            }
            walk.skip();
        }
        return Optional.empty();
    }

    /** Whether there is such a key. */
    public boolean has(String key) {
        return get(key).isPresent();
    }

    /** An integer. */
    public OptionalLong integer(String key) {
        return get(key).orElse(null) instanceof BencodeInteger value
                ? OptionalLong.of(value.value())
                : OptionalLong.empty();
    }

    /** A copy of a byte string. */
    public Optional<byte[]> bytes(String key) {
        return string(key).map(BencodeBytes::toBytes);
    }

    /** A string, as UTF-8 where what is not valid becomes {@code U+FFFD}. Not cleaned: it may hold control characters. */
    public Optional<String> text(String key) {
        return string(key).map(BencodeBytes::text);
    }

    /** A byte string, not copied. */
    public Optional<BencodeBytes> string(String key) {
        return get(key).filter(BencodeBytes.class::isInstance).map(BencodeBytes.class::cast);
    }

    /** A list. */
    public Optional<BencodeList> list(String key) {
        return get(key).filter(BencodeList.class::isInstance).map(BencodeList.class::cast);
    }

    /** A dictionary. */
    public Optional<BencodeDict> dict(String key) {
        return get(key).filter(BencodeDict.class::isInstance).map(BencodeDict.class::cast);
    }

    /** The entries, in the order of the message: mostly but not surely sorted. */
    @Override
    public Iterator<Entry> iterator() {
        Walk walk = new Walk(message, start, ordinal);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return walk.hasNext();
            }

            @Override
            public Entry next() {
                if (!walk.hasNext()) {
                    throw new NoSuchElementException();
                }
                return new Entry(walk.nextString(), walk.next());
            }
        };
    }

    @Override
    public String kind() {
        return "a dictionary";
    }
}
