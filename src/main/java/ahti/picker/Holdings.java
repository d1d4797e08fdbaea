package ahti.picker;

import ahti.core.Bitfield;
import ahti.core.PieceSet;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What one peer has: everything, a few pieces, or many.
 *
 * <p>A peer that has everything costs nothing, one that has few pieces costs a short sorted list, and only the others
 * cost a bit for each piece of the torrent. Once {@linkplain #isAll everything}, always everything.
 */
final class Holdings {
    /** Up to so many pieces are kept as a list. */
    static final int FEW = 64;

    private static final int[] NO_PIECES = {};

    private final int size;
    private final boolean all;
    /** Sorted; only the first {@link #fewCount} count. Empty once {@link #many} took over. */
    private int[] few = NO_PIECES;

    private int fewCount;
    private @Nullable PieceSet many;

    private Holdings(int size, boolean all) {
        this.size = size;
        this.all = all;
    }

    /** Nothing of {@code size} pieces. */
    static Holdings none(int size) {
        return new Holdings(size, size == 0);
    }

    /** What a bitfield says. */
    static Holdings of(Bitfield has) {
        Holdings holdings = new Holdings(has.size(), has.isFull());
        if (has.isFull() || has.isEmpty()) {
            return holdings;
        }
        PieceSet set = has.toSet();
        if (set.count() > FEW) {
            holdings.many = set;
        } else {
            for (int piece = set.nextSet(0); piece >= 0; piece = set.nextSet(piece + 1)) {
                holdings.add(piece);
            }
        }
        return holdings;
    }

    /** Whether it came as everything: then it is counted for all pieces at once. */
    boolean isAll() {
        return all;
    }

    int count() {
        if (all) {
            return size;
        }
        return many != null ? many.count() : fewCount;
    }

    boolean contains(int piece) {
        if (all) {
            return true;
        }
        return many != null ? many.contains(piece) : Arrays.binarySearch(few, 0, fewCount, piece) >= 0;
    }

    /** Adds a piece; false when it was there already. */
    boolean add(int piece) {
        if (all) {
            return false;
        }
        if (many != null) {
            return many.add(piece);
        }
        int found = Arrays.binarySearch(few, 0, fewCount, piece);
        if (found >= 0) {
            return false;
        }
        if (fewCount == FEW) {
            becomeMany().add(piece);
        } else {
            insert(piece, -found - 1);
        }
        return true;
    }

    /** How many of its pieces are in a set. */
    int countCommon(PieceSet set) {
        if (all) {
            return set.count();
        }
        if (many != null) {
            return many.countCommon(set);
        }
        int common = 0;
        for (int i = 0; i < fewCount; i++) {
            common += set.contains(few[i]) ? 1 : 0;
        }
        return common;
    }

    /** The first of its pieces at or after {@code from} that is in a set, or -1. */
    int nextCommon(PieceSet set, int from) {
        if (all) {
            return set.nextSet(from);
        }
        if (many != null) {
            return many.nextCommon(set, from);
        }
        int found = Arrays.binarySearch(few, 0, fewCount, from);
        for (int i = found >= 0 ? found : -found - 1; i < fewCount; i++) {
            if (set.contains(few[i])) {
                return few[i];
            }
        }
        return -1;
    }

    /** Every piece of a peer that does not have all, in order. */
    void forEach(IntConsumer action) {
        if (many != null) {
            for (int piece = many.nextSet(0); piece >= 0; piece = many.nextSet(piece + 1)) {
                action.accept(piece);
            }
        } else {
            for (int i = 0; i < fewCount; i++) {
                action.accept(few[i]);
            }
        }
    }

    private void insert(int piece, int at) {
        if (fewCount == few.length) {
            few = Arrays.copyOf(few, Math.min(FEW, Math.max(4, 2 * fewCount)));
        }
        System.arraycopy(few, at, few, at + 1, fewCount - at);
        few[at] = piece;
        fewCount++;
    }

    private PieceSet becomeMany() {
        PieceSet set = new PieceSet(size);
        for (int i = 0; i < fewCount; i++) {
            set.add(few[i]);
        }
        few = NO_PIECES;
        fewCount = 0;
        many = set;
        return set;
    }
}
