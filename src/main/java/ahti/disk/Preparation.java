package ahti.disk;

import ahti.core.Bitfield;
import ahti.core.PieceSet;
import ahti.metainfo.FileMap;
import ahti.metainfo.Metainfo;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;

/** Makes the files of a torrent ready, before any connection is made, and recalls what an earlier run stored. */
final class Preparation {
    private final DiskWriter.Settings settings;
    private final Metainfo metainfo;
    private final FileStore store;
    private final Placement placement;
    private final Logger log;

    /** What it yields. */
    record Result(
            FileLayout layout,
            ResumeJournal journal,
            Bitfield trusted,
            Bitfield suspects,
            Map<Integer, FileState> found) {}

    Preparation(DiskWriter.Settings settings, MountGuard guard, Logger log) {
        this.settings = settings;
        this.metainfo = settings.metainfo();
        this.store = settings.store();
        this.placement = new Placement(settings, guard, log);
        this.log = log;
    }

    /** Blocks; may be run again after it failed. */
    Result run() throws DiskException {
        Placement.Places places = placement.run();
        FileLayout layout = places.layout();
        Map<Integer, FileState> found = places.found();
        Optional<FileState> part = placement.look(layout.place(layout.partSlot()));
        part.ifPresent(state -> found.put(layout.partSlot(), state));
        ResumeJournal journal = new ResumeJournal(store, settings.stateDirectory(), metainfo.infoHash());
        Optional<ResumeRecord> record = recall(journal, layout);
        PieceSet empty = new PieceSet(metainfo.layout().pieces());
        if (record.isPresent() && part.isPresent() && !settings.readOnly()) {
            show(layout, found, record.get(), empty);
        }
        Survey survey = new Survey(metainfo.layout(), layout, found, record, isThorough());
        Bitfield trusted = survey.trusted();
        return new Result(layout, journal, trusted, without(survey.suspects(trusted), empty), found);
    }

    private boolean isThorough() {
        return settings.config().compareChangeTime();
    }

    /**
     * Files that were not selected when the record was written, and are now, get what the part file has of them. The record
     * does not vouch for it: these few pieces are checked.
     *
     * @param empty hears which pieces of these files were not stored: nothing but holes is there
     */
    private void show(FileLayout layout, Map<Integer, FileState> found, ResumeRecord record, PieceSet empty)
            throws DiskException {
        int partSlot = layout.partSlot();
        FileState part = found.get(partSlot);
        FileState then = record.files().get(partSlot);
        if (part == null || then == null || !part.isSameAs(then, isThorough())) {
            return;
        }
        Bitfield stored = record.stored();
        BitSet shown = layout.shownSince(layout.hiding(allFiles()));
        found.keySet().forEach(shown::clear);
        record.files().keySet().forEach(shown::clear);
        FileMap map = new FileMap(metainfo);
        PieceFiles before = new PieceFiles(metainfo.layout(), layout.hiding(shown), store, settings.config());
        PieceFiles after = new PieceFiles(metainfo.layout(), layout, store, settings.config());
        try {
            before.copy(map, shown, stored, after);
        } finally {
            before.close();
            after.close();
        }
        for (int file = shown.nextSetBit(0); file >= 0; file = shown.nextSetBit(file + 1)) {
            Optional<FileState> now = placement.look(layout.place(file));
            if (now.isPresent()) {
                found.put(file, now.get());
            }
            for (int piece = map.firstPiece(file); piece <= map.lastPiece(file); piece++) {
                if (!stored.get(piece)) {
                    empty.add(piece);
                }
            }
        }
    }

    private static Bitfield without(Bitfield pieces, PieceSet others) {
        PieceSet rest = pieces.toSet();
        for (int piece = others.nextSet(0); piece >= 0; piece = others.nextSet(piece + 1)) {
            rest.remove(piece);
        }
        return rest.toBitfield();
    }

    private BitSet allFiles() {
        BitSet all = new BitSet();
        all.set(0, metainfo.files().size());
        return all;
    }

    private Optional<ResumeRecord> recall(ResumeJournal journal, FileLayout layout) {
        if (settings.checkAll()) {
            return Optional.empty();
        }
        ResumeJournal.Recalled recalled = journal.recall(metainfo.layout().pieces(), layout.slots());
        if (recalled instanceof ResumeJournal.Recalled.Unusable unusable) {
            log.warn(
                    "Checking what is there, for the resume record {} cannot be used: {}",
                    unusable.file(),
                    unusable.reason());
        }
        return recalled instanceof ResumeJournal.Recalled.Found known ? Optional.of(known.record()) : Optional.empty();
    }
}
