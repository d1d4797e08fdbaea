package ahti.disk;

import java.time.Instant;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The states of files by slot, ascending: a map that takes 32 bytes for a file, for there may be a million. */
final class StatesBySlot extends AbstractMap<Integer, FileState> {
    private final BitSet there = new BitSet();
    private long[] sizes = {};
    private long[] modified = {};
    private int[] modifiedNanos = {};
    private long[] changed = {};
    private int[] changedNanos = {};

    /** An empty one. */
    StatesBySlot() {}

    /** These; the same when they are one of these maps. */
    static StatesBySlot of(Map<Integer, FileState> states) {
        return states instanceof StatesBySlot same ? same : new StatesBySlot(states);
    }

    /** A copy. */
    StatesBySlot(Map<Integer, FileState> states) {
        putAll(states);
    }

    @Override
    public @Nullable FileState put(Integer slot, FileState state) {
        FileState before = get(slot);
        makeRoom(slot);
        there.set(slot);
        sizes[slot] = state.size();
        set(state.modified(), modified, modifiedNanos, slot);
        set(state.changed(), changed, changedNanos, slot);
        return before;
    }

    private static void set(Instant moment, long[] seconds, int[] nanos, int slot) {
        seconds[slot] = moment.getEpochSecond();
        nanos[slot] = moment.getNano();
    }

    private void makeRoom(int slot) {
        if (slot >= sizes.length) {
            int room = Math.max(slot + 1, sizes.length + sizes.length / 2);
            sizes = Arrays.copyOf(sizes, room);
            modified = Arrays.copyOf(modified, room);
            modifiedNanos = Arrays.copyOf(modifiedNanos, room);
            changed = Arrays.copyOf(changed, room);
            changedNanos = Arrays.copyOf(changedNanos, room);
        }
    }

    @Override
    public boolean containsKey(@Nullable Object slot) {
        return slot instanceof Integer index && index >= 0 && there.get(index);
    }

    @Override
    public @Nullable FileState get(@Nullable Object slot) {
        return containsKey(slot) && slot instanceof Integer index ? state(index) : null;
    }

    private FileState state(int slot) {
        return new FileState(
                sizes[slot],
                Instant.ofEpochSecond(modified[slot], modifiedNanos[slot]),
                Instant.ofEpochSecond(changed[slot], changedNanos[slot]));
    }

    @Override
    public @Nullable FileState remove(@Nullable Object slot) {
        FileState before = get(slot);
        if (before != null && slot instanceof Integer index) {
            there.clear(index);
        }
        return before;
    }

    @Override
    public int size() {
        return there.cardinality();
    }

    @Override
    public Set<Entry<Integer, FileState>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<Integer, FileState>> iterator() {
                return new Ascending();
            }

            @Override
            public int size() {
                return StatesBySlot.this.size();
            }
        };
    }

    private final class Ascending implements Iterator<Entry<Integer, FileState>> {
        private int next = there.nextSetBit(0);

        @Override
        public boolean hasNext() {
            return next >= 0;
        }

        @Override
        public Entry<Integer, FileState> next() {
            if (next < 0) {
                throw new NoSuchElementException("no more files");
            }
            int slot = next;
            next = there.nextSetBit(slot + 1);
            return Map.entry(slot, state(slot));
        }
    }
}
