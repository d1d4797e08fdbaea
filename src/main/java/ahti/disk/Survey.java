package ahti.disk;

import ahti.core.Bitfield;
import ahti.core.PieceLayout;
import ahti.core.PieceSet;
import ahti.disk.ByteMap.Run;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Which pieces are surely, and which may be, in the files that were found. A pure decision. */
final class Survey {
    private final PieceLayout pieces;
    private final FileLayout layout;
    private final Map<Integer, FileState> found;
    private final Optional<ResumeRecord> record;
    private final boolean thorough;

    /**
     * A survey.
     *
     * @param found the files that are there, by slot
     * @param record what an earlier run left
     * @param thorough whether times of change count, see {@link FileState#isSameAs}
     */
    Survey(
            PieceLayout pieces,
            FileLayout layout,
            Map<Integer, FileState> found,
            Optional<ResumeRecord> record,
            boolean thorough) {
        this.pieces = pieces;
        this.layout = layout;
        this.found = found;
        this.record = record;
        this.thorough = thorough;
    }

    /** Pieces that are on the device, as the record says, and whose every file is as it was recorded. */
    Bitfield trusted() {
        return those(piece -> record.isPresent()
                && record.get().forced().get(piece)
                && runs(piece).stream().allMatch(run -> isThere(run) && isAsRecorded(run.slot())));
    }

    /**
     * Pieces, except for the trusted, whose every byte is in a file that is there and long enough: those that were written
     * after the files were forced, and everything in files that are not as they were recorded. What was not stored, in files
     * that nobody else has written, is not there. A piece of nothing but unselected files is none of them: the part file is
     * full of holes, and they would all be read.
     */
    Bitfield suspects(Bitfield trusted) {
        return those(piece -> {
            if (trusted.get(piece)) {
                return false;
            }
            List<Run> runs = runs(piece);
            boolean somethingVisible = runs.stream().anyMatch(run -> run.slot() != layout.partSlot());
            return somethingVisible && runs.stream().allMatch(this::isThere) && !isKnownToBeMissing(piece, runs);
        });
    }

    private boolean isKnownToBeMissing(int piece, List<Run> runs) {
        return record.isPresent()
                && !record.get().forced().get(piece)
                && !record.get().since().get(piece)
                && runs.stream().allMatch(run -> isAsRecorded(run.slot()));
    }

    private boolean isThere(Run run) {
        FileState file = found.get(run.slot());
        return run.slot() == ByteMap.ZEROS || (file != null && file.size() >= run.offset() + run.length());
    }

    private boolean isAsRecorded(int slot) {
        FileState file = found.get(slot);
        FileState then = record.map(known -> known.files().get(slot)).orElse(null);
        return slot == ByteMap.ZEROS || (file != null && then != null && file.isSameAs(then, thorough));
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
