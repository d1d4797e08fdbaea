package ahti.testkit.time;

import java.util.OptionalLong;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** What will happen when: by moment, then by the order in which it was asked for. */
final class Timers {
    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private long sequence;

    Entry add(long moment, Runnable action) {
        Entry entry = new Entry(moment, sequence++, action);
        entries.add(entry);
        return entry;
    }

    OptionalLong next() {
        dropCancelled();
        Entry first = entries.peek();
        return first == null ? OptionalLong.empty() : OptionalLong.of(first.moment);
    }

    /** Takes the next one off, unless it is later than {@code end}. */
    @Nullable
    Entry pollUntil(long end) {
        dropCancelled();
        Entry first = entries.peek();
        if (first == null || first.moment > end) {
            return null;
        }
        entries.remove();
        first.over = true;
        return first;
    }

    private void dropCancelled() {
        for (Entry first = entries.peek(); first != null && first.over; first = entries.peek()) {
            entries.remove();
        }
    }

    /** One timer. A cancelled one stays in the queue until its moment, without its action. */
    static final class Entry implements VirtualTime.Timer, Comparable<Entry> {
        private final long moment;
        private final long sequence;
        private Runnable action;
        private boolean over;

        Entry(long moment, long sequence, Runnable action) {
            this.moment = moment;
            this.sequence = sequence;
            this.action = action;
        }

        private static void nothing() {}

        long moment() {
            return moment;
        }

        Runnable action() {
            return action;
        }

        @Override
        public boolean cancel() {
            if (over) {
                return false;
            }
            over = true;
            action = Entry::nothing;
            return true;
        }

        @Override
        public int compareTo(Entry other) {
            int byMoment = Long.compare(moment, other.moment);
            return byMoment != 0 ? byMoment : Long.compare(sequence, other.sequence);
        }
    }
}
