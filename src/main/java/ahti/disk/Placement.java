package ahti.disk;

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
import org.slf4j.Logger;

/**
 * Makes the places of a torrent's files ready: looks at every file, checks that those still to come could be written and would
 * fit, makes directories and empty files.
 */
final class Placement {
    private final DiskWriter.Settings settings;
    private final Metainfo metainfo;
    private final FileStore store;
    private final Path base;
    private final MountGuard guard;
    private final Logger log;

    /** Where everything lies, and the files that are there, by slot; the part file is not among them. */
    record Places(FileLayout layout, Map<Integer, FileState> found) {}

    Placement(DiskWriter.Settings settings, MountGuard guard, Logger log) {
        this.guard = guard;
        this.settings = settings;
        this.metainfo = settings.metainfo();
        this.store = settings.store();
        this.base = settings.directory().toAbsolutePath();
        this.log = log;
    }

    /** Blocks; may be run again after it failed. */
    Places run() throws DiskException {
        guard.begin();
        Map<Integer, FileState> found = new StatesBySlot();
        FileLayout layout = layout(found);
        guard.check(found.isEmpty());
        if (!settings.readOnly()) {
            makeDirectory(base);
            checkRoom(found);
            createEmptyFiles(found);
            makeLinks();
            if (layout.needsPart()) {
                makeDirectory(layout.place(layout.partSlot()).base());
            }
            guard.remember();
        }
        return new Places(layout, found);
    }

    private void makeDirectory(Path directory) throws DiskException {
        try {
            store.makeDirectory(directory);
        } catch (IOException e) {
            throw new DiskException(Diagnosis.of(directory, e));
        }
    }

    /** What is at a place, if anything. */
    Optional<FileState> look(FilePlace place) throws DiskException {
        try {
            return store.look(place);
        } catch (IOException e) {
            throw new DiskException(Diagnosis.of(place.path(), e));
        }
    }

    /** A file that was not selected and is there all the same, from another time, is used where it is. */
    private FileLayout layout(Map<Integer, FileState> found) throws DiskException {
        List<FileEntry> files = metainfo.files();
        BitSet visible = new BitSet();
        for (int i = 0; i < files.size(); i++) {
            if (!files.get(i).isFile()) {
                continue;
            }
            Optional<FileState> there = isSelected(i) ? look(place(files.get(i))) : lookAround(files.get(i));
            if (there.isPresent()) {
                found.put(i, there.get());
            }
            visible.set(i, isSelected(i) || there.isPresent());
        }
        return new FileLayout(metainfo, base, visible, settings.part());
    }

    private boolean isSelected(int file) {
        return settings.selected().isWanted(file);
    }

    private FilePlace place(FileEntry file) throws DiskException {
        try {
            return FilePlace.of(base, file.path());
        } catch (InvalidPathException e) {
            throw new DiskException(Diagnosis.unwritableName(base, e.getInput()));
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
            if (isSelected(i) && file.isFile() && (there == null || missing > 0)) {
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
            if (file.length() == 0 && isSelected(i) && file.isFile() && !found.containsKey(i)) {
                FilePlace place = place(file);
                try {
                    store.open(place, Access.WRITE).close();
                } catch (IOException e) {
                    throw new DiskException(Diagnosis.of(place.path(), e));
                }
            }
        }
    }

    private void makeLinks() throws DiskException {
        Links links = new Links(metainfo.files());
        for (int i = 0; i < metainfo.files().size(); i++) {
            if (isSelected(i) && metainfo.files().get(i).isLink()) {
                FilePlace place = place(metainfo.files().get(i));
                links.target(i, base).ifPresent(target -> store.makeLink(place, target));
            }
        }
    }
}
