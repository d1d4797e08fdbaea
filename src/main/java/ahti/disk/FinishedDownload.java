package ahti.disk;

import ahti.core.Bitfield;
import ahti.metainfo.FileEntry;
import ahti.metainfo.FileMap;
import ahti.metainfo.FileSelection;
import ahti.metainfo.Metainfo;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;

/**
 * Recognises a download that is finished already: by its resume record and its files' sizes and times, as {@link
 * Preparation} does, but without an engine, and changing nothing.
 *
 * <p>In doubt it says no, and the engine has a closer look.
 */
public final class FinishedDownload {

    private FinishedDownload() {}

    /** Whether every wanted piece is vouched for; of the files that are {@code selected}. */
    public static boolean isThere(
            FileStore store, Metainfo metainfo, Path directory, FileSelection selected, Optional<Path> stateDirectory) {
        ResumeJournal journal = new ResumeJournal(store, stateDirectory, metainfo.infoHash());
        int pieces = metainfo.layout().pieces();
        if (!(journal.recall(pieces, FileLayout.slots(metainfo)) instanceof ResumeJournal.Recalled.Found known)) {
            return false;
        }
        try {
            Bitfield wanted = new FileMap(metainfo).wanted(selected);
            Bitfield trusted =
                    trusted(store, metainfo, directory.toAbsolutePath(), selected, stateDirectory, known.record());
            for (int piece = 0; piece < pieces; piece++) {
                if (wanted.get(piece) && !trusted.get(piece)) {
                    return false;
                }
            }
            return true;
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }

    private static Bitfield trusted(
            FileStore store,
            Metainfo metainfo,
            Path base,
            FileSelection selected,
            Optional<Path> stateDirectory,
            ResumeRecord record)
            throws IOException {
        Map<Integer, FileState> found = new StatesBySlot();
        BitSet visible = new BitSet();
        for (int i = 0; i < metainfo.files().size(); i++) {
            FileEntry file = metainfo.files().get(i);
            if (!file.isFile()) {
                continue;
            }
            Optional<FileState> there = store.look(FilePlace.of(base, file.path()));
            boolean isSelected = selected.isWanted(i);
            if (there.isEmpty() && isSelected) {
                return Bitfield.none(metainfo.layout().pieces());
            }
            if (there.isPresent()) {
                found.put(i, there.get());
                visible.set(i);
            }
        }
        FileLayout layout = new FileLayout(metainfo, base, visible, PartFile.place(metainfo, base, stateDirectory));
        Optional<FileState> part = store.look(layout.place(layout.partSlot()));
        if (part.isPresent()) {
            found.put(layout.partSlot(), part.get());
        }
        return new Survey(metainfo.layout(), layout, found, Optional.of(record), true).trusted();
    }
}
