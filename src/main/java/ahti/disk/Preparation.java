package ahti.disk;

import ahti.core.Bitfield;
import ahti.disk.FileStore.Access;
import ahti.metainfo.FileEntry;
import ahti.metainfo.Metainfo;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;

/**
 * Makes the files of a torrent ready, before any connection is made.
 *
 * <p>Looks at every file of the torrent, checks that those still to come could be written and would fit, creates empty
 * ones, recalls what an earlier run stored.
 */
final class Preparation {
    private final DiskWriter.Settings settings;
    private final Metainfo metainfo;
    private final FileStore store;
    private final Path base;
    private final Logger log;

    /** What it yields. */
    record Result(FileLayout layout, ResumeJournal journal, Bitfield trusted, Bitfield suspects) {}

    Preparation(DiskWriter.Settings settings, Logger log) {
        this.settings = settings;
        this.metainfo = settings.metainfo();
        this.store = settings.store();
        this.base = settings.directory().toAbsolutePath();
        this.log = log;
    }

    /** Blocks; may be run again after it failed. */
    Result run() throws DiskException {
        try {
            if (!settings.readOnly()) {
                store.makeDirectory(base);
            }
        } catch (IOException e) {
            throw new DiskException(Diagnosis.of(base, e));
        }
        Map<Integer, FileState> found = new TreeMap<>();
        FileLayout layout = layout(found);
        if (!settings.readOnly()) {
            checkRoom(found);
            createEmptyFiles(found);
        }
        look(layout.place(layout.partSlot())).ifPresent(part -> found.put(layout.partSlot(), part));
        ResumeJournal journal = new ResumeJournal(store, settings.stateDirectory(), metainfo.infoHash());
        Survey survey = new Survey(metainfo.layout(), layout, found);
        Bitfield trusted = recall(journal, layout)
                .map(survey::trusted)
                .orElse(Bitfield.none(metainfo.layout().pieces()));
        return new Result(layout, journal, trusted, survey.suspects(trusted));
    }

    /** A file that was not selected and is there all the same, from another time, is used where it is. */
    private FileLayout layout(Map<Integer, FileState> found) throws DiskException {
        List<FileEntry> files = metainfo.files();
        BitSet visible = new BitSet();
        for (int i = 0; i < files.size(); i++) {
            if (files.get(i).isPad()) {
                continue;
            }
            Optional<FileState> there = isSelected(i) ? look(place(files.get(i))) : lookAround(files.get(i));
            if (there.isPresent()) {
                found.put(i, there.get());
            }
            visible.set(i, isSelected(i) || there.isPresent());
        }
        return new FileLayout(metainfo, base, visible);
    }

    private boolean isSelected(int file) {
        return settings.selected().isEmpty() || settings.selected().contains(file);
    }

    private FilePlace place(FileEntry file) throws DiskException {
        try {
            return FilePlace.of(base, file.path());
        } catch (InvalidPathException e) {
            throw new DiskException(Diagnosis.unwritableName(base, e.getInput()));
        }
    }

    private Optional<FileState> look(FilePlace place) throws DiskException {
        try {
            return store.look(place);
        } catch (IOException e) {
            throw new DiskException(Diagnosis.of(place.path(), e));
        }
    }

    /** Looks for a file that is not needed: whatever is wrong with it is no reason to fail. */
    private Optional<FileState> lookAround(FileEntry file) {
        try {
            return look(place(file));
        } catch (DiskException e) {
            log.debug(
                    "Not looking at a file that was not selected: {}",
                    e.problem().describe());
            return Optional.empty();
        }
    }

    private void checkRoom(Map<Integer, FileState> found) throws DiskException {
        long needed = 0;
        for (int i = 0; i < metainfo.files().size(); i++) {
            FileEntry file = metainfo.files().get(i);
            FileState there = found.get(i);
            long missing = file.length() - (there == null ? 0 : there.size());
            if (isSelected(i) && !file.isPad() && (there == null || missing > 0)) {
                needed += Math.max(0, missing);
                checkWritable(place(file));
            }
        }
        try {
            if (needed > 0 && store.usableSpace(base) < needed) {
                throw new DiskException(new DiskProblem.Full(base));
            }
        } catch (IOException e) {
            throw new DiskException(Diagnosis.of(base, e));
        }
    }

    private void checkWritable(FilePlace place) throws DiskException {
        try {
            store.checkWritable(place);
        } catch (IOException e) {
            throw new DiskException(Diagnosis.of(place.path(), e));
        }
    }

    private void createEmptyFiles(Map<Integer, FileState> found) throws DiskException {
        for (int i = 0; i < metainfo.files().size(); i++) {
            FileEntry file = metainfo.files().get(i);
            boolean link = file.attributes().contains(FileEntry.Attribute.SYMLINK);
            if (file.length() == 0 && isSelected(i) && !file.isPad() && !link && !found.containsKey(i)) {
                FilePlace place = place(file);
                try {
                    store.open(place, Access.WRITE).close();
                } catch (IOException e) {
                    throw new DiskException(Diagnosis.of(place.path(), e));
                }
            }
        }
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
