package ahti.dht.table;

import ahti.dht.krpc.Contact;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Up to eight nodes of one part of the id space, and a few that wait for a place. */
final class Bucket {
    /** K of BEP 5. */
    static final int SIZE = 8;

    /** The latest ones that found no place. */
    private final Deque<Contact> waiting = new ArrayDeque<>();

    final List<Entry> entries = new ArrayList<>(SIZE);
    /** When it last changed, or a lookup passed through it. */
    private long touched;

    /** Whether a lookup has gone into it since it came to be: nodes that come by themselves are not all there are. */
    private boolean explored;

    Bucket(long now) {
        touched = now;
    }

    boolean isFull() {
        return entries.size() >= SIZE;
    }

    /** Adds one while there is room, else in the place of a bad one; false when there is neither. */
    boolean add(Entry entry) {
        if (isFull()) {
            Optional<Entry> bad = entries.stream().filter(Entry::isBad).findFirst();
            if (bad.isEmpty()) {
                return false;
            }
            entries.remove(bad.get());
        }
        entries.add(entry);
        return true;
    }

    void await(Contact contact) {
        waiting.removeIf(other -> other.address().equals(contact.address()));
        waiting.add(contact);
        if (waiting.size() > SIZE) {
            waiting.remove();
        }
    }

    /** The latest that waits for a place, taken out. */
    Optional<Contact> next() {
        return Optional.ofNullable(waiting.pollLast());
    }

    boolean awaited() {
        return !waiting.isEmpty();
    }

    /** The one heard of longest ago, among those that are neither good nor bad. */
    Optional<Entry> questionable(long now) {
        return entries.stream()
                .filter(entry -> !entry.isGood(now) && !entry.isBad())
                .min(Comparator.comparingLong(Entry::heard));
    }

    void touch(long now) {
        touched = now;
    }

    boolean isStale(long now) {
        return !explored || now - touched >= Entry.QUIET;
    }

    void explore(long now) {
        explored = true;
        touched = now;
    }

    /** Moves into {@code deeper} what belongs there. */
    void split(Bucket deeper, Predicate<Contact> belongs) {
        for (Iterator<Entry> all = entries.iterator(); all.hasNext(); ) {
            Entry entry = all.next();
            if (belongs.test(entry.contact)) {
                deeper.entries.add(entry);
                all.remove();
            }
        }
        for (Iterator<Contact> all = waiting.iterator(); all.hasNext(); ) {
            Contact contact = all.next();
            if (belongs.test(contact)) {
                deeper.waiting.add(contact);
                all.remove();
            }
        }
    }
}
