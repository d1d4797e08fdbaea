package ahti.disk;

import ahti.core.Bitfield;
import ahti.core.PieceSet;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * What is known to be stored, how safely, and how the files looked after our last write: what the {@link ResumeJournal} is told.
 *
 * <p>A piece is in the files since it was written, and on the device since they were forced after that. The files are looked at
 * only after we wrote them: what somebody else does to them is not known here, and so the next run will see it.
 */
final class Logbook {
    /** Of a file of which nothing is believed: no file is like that. */
    private static final FileState NOBODYS = new FileState(-1, Instant.EPOCH);

    private final ResumeJournal journal;
    private final FileStore store;
    private final Map<Integer, FileState> known;
    /** On the device; written, and being forced; written since. A piece is in one of them at most. */
    private final PieceSet forced;

    private final PieceSet onTheWay;
    private final PieceSet since;
    /** Written by us, and not on the device for sure: of what was only found, others may have taken care. */
    private final PieceSet ours;
    /** Written, and not in the journal yet. */
    private final List<Integer> toJot = new ArrayList<>();

    private final BitSet toLookAt = new BitSet();
    /** Slots that somebody else wrote, too: how they look now says nothing about what is in them. */
    private final BitSet shared = new BitSet();

    /**
     * After an earlier run.
     *
     * @param trusted what it forced
     * @param found the files as they are now, by slot
     */
    Logbook(FileStore store, ResumeJournal journal, Bitfield trusted, Map<Integer, FileState> found) {
        this.store = store;
        this.journal = journal;
        this.known = new StatesBySlot(found);
        this.forced = trusted.toSet();
        this.onTheWay = new PieceSet(trusted.size());
        this.since = new PieceSet(trusted.size());
        this.ours = new PieceSet(trusted.size());
    }

    /** A piece was written, or copied. */
    void stored(int piece) {
        forced.remove(piece);
        onTheWay.remove(piece);
        since.add(piece);
        ours.add(piece);
        toJot.add(piece);
    }

    /** Whether it is in the files. */
    boolean isStored(int piece) {
        return forced.contains(piece) || onTheWay.contains(piece) || since.contains(piece);
    }

    /** These are in the files: some of them were found there. */
    void learn(Bitfield stored) {
        for (int piece = 0; piece < stored.size(); piece++) {
            if (stored.get(piece) && !isStored(piece)) {
                since.add(piece);
            }
        }
    }

    /** How a file looked after our last write; empty when nobody has looked since. */
    Optional<FileState> known(int slot) {
        return toLookAt.get(slot) ? Optional.empty() : Optional.ofNullable(known.get(slot));
    }

    /** Somebody else wrote this slot; our next write would make it look as if nobody had. The next run checks it. */
    void share(int slot) {
        shared.set(slot);
        toLookAt.set(slot);
    }

    /** Whether somebody else wrote it, too, as far as we noticed. */
    boolean isShared(int slot) {
        return shared.get(slot);
    }

    /** Tells the journal what was written since it heard last, into these slots among others. */
    void jot(FileLayout layout, BitSet touched) throws DiskException {
        toLookAt.or(touched);
        if (!journal.isBegun() || (toJot.isEmpty() && toLookAt.isEmpty())) {
            toJot.clear();
            return; // the next record will have it
        }
        JournalEntry entry = new JournalEntry(toJot, look(layout));
        toJot.clear();
        journal.add(entry);
    }

    private Map<Integer, FileState> look(FileLayout layout) {
        Map<Integer, FileState> seen = new StatesBySlot();
        for (int slot = toLookAt.nextSetBit(0); slot >= 0; slot = toLookAt.nextSetBit(slot + 1)) {
            int touched = slot;
            Optional<FileState> now = state(layout.place(slot));
            if (now.isPresent() && now.get().size() < least(slot, layout)) {
                shared.set(slot); // no write of ours makes a file shorter
            }
            now.map(state -> shared.get(touched) ? NOBODYS : state)
                    .ifPresentOrElse(state -> seen.put(touched, state), () -> known.remove(touched));
        }
        toLookAt.clear();
        known.putAll(seen);
        return seen;
    }

    private long least(int slot, FileLayout layout) {
        FileState before = known.get(slot);
        return before == null ? 0 : Math.min(before.size(), layout.length(slot));
    }

    /** Of a file that cannot be looked at nothing is known: the next run checks it. */
    private Optional<FileState> state(FilePlace place) {
        try {
            return store.look(place);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Writes all that is known into a new record. */
    void write(FileLayout layout, BitSet touched) throws DiskException {
        toLookAt.or(touched);
        Map<Integer, FileState> unused = look(layout);
        toJot.clear();
        PieceSet unsafe = since.toBitfield().toSet();
        addAll(onTheWay, unsafe);
        journal.begin(forced.toBitfield(), unsafe.toBitfield(), known);
    }

    /** What was written so far is being forced. */
    void forcing() {
        addAll(since, onTheWay);
        clear(since);
    }

    /** It is on the device; but for those pieces that lie in a file that is {@code gone}. */
    void forced(IntPredicate gone) {
        for (int piece = onTheWay.nextSet(0); piece >= 0; piece = onTheWay.nextSet(piece + 1)) {
            if (gone.test(piece)) {
                since.add(piece);
            } else {
                forced.add(piece);
                ours.remove(piece);
            }
        }
        clear(onTheWay);
    }

    /**
     * It is not, and {@code lost} says of which pieces nobody knows whether they ever will be. Those that we wrote are not stored;
     * those that were found there are checked again.
     */
    void notForced(IntPredicate lost) {
        addAll(onTheWay, since);
        clear(onTheWay);
        for (int piece = since.nextSet(0); piece >= 0; piece = since.nextSet(piece + 1)) {
            if (ours.contains(piece) && lost.test(piece)) {
                since.remove(piece);
                ours.remove(piece);
            }
        }
    }

    private static void addAll(PieceSet some, PieceSet to) {
        for (int piece = some.nextSet(0); piece >= 0; piece = some.nextSet(piece + 1)) {
            to.add(piece);
        }
    }

    private static void clear(PieceSet pieces) {
        for (int piece = pieces.nextSet(0); piece >= 0; piece = pieces.nextSet(piece + 1)) {
            pieces.remove(piece);
        }
    }
}
