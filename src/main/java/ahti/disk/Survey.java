package ahti.disk;

import ahti.core.Bitfield;
import ahti.core.PieceLayout;
import ahti.core.PieceSet;
import ahti.disk.ByteMap.Run;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Which pieces are surely, and which may be, in the files that were found. A pure decision. */
final class Survey {
    private final PieceLayout pieces;
    private final FileLayout layout;
    private final Map<Integer, FileState> found;

    /** {@code found}: the files that are there, by slot. */
    Survey(PieceLayout pieces, FileLayout layout, Map<Integer, FileState> found) {
        this.pieces = pieces;
        this.layout = layout;
        this.found = found;
    }

    /** Recorded pieces whose every file is as it was recorded. */
    Bitfield trusted(ResumeRecord record) {
        Bitfield stored = record.stored();
        return those(piece -> stored.get(piece)
                && runs(piece).stream().allMatch(run -> isThere(run) && isAsRecorded(run.slot(), record)));
    }

    /**
     * Pieces, except for the trusted, whose every byte is in a file that is there and long enough. A piece of nothing but
     * unselected files is none of them: the part file is full of holes, and they would all be read.
     */
    Bitfield suspects(Bitfield trusted) {
        return those(piece -> {
            if (trusted.get(piece)) {
                return false;
            }
            List<Run> runs = runs(piece);
            boolean somethingVisible = runs.stream().anyMatch(run -> run.slot() != layout.partSlot());
            return somethingVisible && runs.stream().allMatch(this::isThere);
        });
    }

    private boolean isThere(Run run) {
        FileState file = found.get(run.slot());
        return run.slot() == ByteMap.ZEROS || (file != null && file.size() >= run.offset() + run.length());
    }

    private boolean isAsRecorded(int slot, ResumeRecord record) {
        FileState file = found.get(slot);
        return slot == ByteMap.ZEROS
                || (file != null && file.equals(record.files().get(slot)));
    }

    private List<Run> runs(int piece) {
        return layout.runs(pieces.offset(piece), pieces.length(piece));
    }

    private Bitfield those(Predicate<Integer> which) {
        PieceSet set = new PieceSet(pieces.pieces());
        for (int piece = 0; piece < pieces.pieces(); piece++) {
            if (which.test(piece)) {
                set.add(piece);
            }
        }
        return set.toBitfield();
    }
}
