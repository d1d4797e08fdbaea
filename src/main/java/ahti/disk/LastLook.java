package ahti.disk;

import ahti.core.Bitfield;
import ahti.metainfo.FileEntry;
import ahti.metainfo.FileMap;
import ahti.metainfo.FileSelection;
import ahti.metainfo.Metainfo;
import java.io.IOException;
import java.util.Optional;

/**
 * Looks at the files once more when the last wanted piece is written. A file that somebody took away or cut off while it was open
 * took every write since, and one that somebody wrote, too, may not have what we wrote: nothing is complete before that is checked.
 */
final class LastLook {
    private final FileStore store;
    private final Metainfo metainfo;
    private final FileSelection selected;
    private final Bitfield wanted;
    private final Logbook book;
    /** Every wanted piece before this one is stored. */
    private int next;

    LastLook(FileStore store, Metainfo metainfo, FileSelection selected, Logbook book) {
        this.store = store;
        this.metainfo = metainfo;
        this.selected = selected;
        this.wanted = new FileMap(metainfo).wanted(selected);
        this.book = book;
    }

    /**
     * To be called after each write.
     *
     * @throws DiskException of the first file that is gone, too short or changed, when nothing wanted is missing any more
     */
    void afterWrite(FileLayout layout) throws DiskException {
        while (next < wanted.size() && (!wanted.get(next) || book.isStored(next))) {
            next++;
        }
        if (next < wanted.size()) {
            return;
        }
        for (int file = 0; file < metainfo.files().size(); file++) {
            FileEntry entry = metainfo.files().get(file);
            if (entry.isFile() && selected.isWanted(file) && layout.isVisible(file)) {
                FilePlace place = layout.place(file);
                if (book.isShared(file) || sizeOf(place) < entry.length()) {
                    throw new DiskException(new DiskProblem.Changed(place.path()));
                }
            }
        }
    }

    private long sizeOf(FilePlace place) throws DiskException {
        try {
            Optional<FileState> there = store.look(place);
            return there.map(FileState::size).orElse(-1L);
        } catch (IOException e) {
            throw new DiskException(Diagnosis.of(place.path(), e));
        }
    }
}
