package ahti.bencode;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A list. Walk it: there is no quick way to the n-th item. */
public final class BencodeList extends BencodeValue implements Iterable<BencodeValue> {
    private final int ordinal;

    BencodeList(Message message, int start, int ordinal) {
        super(message, start, message.containers().end(ordinal));
        this.ordinal = ordinal;
    }

    @Override
    public Iterator<BencodeValue> iterator() {
        Walk walk = new Walk(message, start, ordinal);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return walk.hasNext();
            }

            @Override
            public BencodeValue next() {
                if (!walk.hasNext()) {
                    throw new NoSuchElementException();
                }
                return walk.next();
            }
        };
    }

    /** The items, in order. */
    public Stream<BencodeValue> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    /** The items that are strings, as UTF-8 where what is not valid becomes {@code U+FFFD}. */
    public Stream<String> texts() {
        return stream().filter(BencodeBytes.class::isInstance).map(item -> ((BencodeBytes) item).text());
    }

    @Override
    public String kind() {
        return "a list";
    }
}
