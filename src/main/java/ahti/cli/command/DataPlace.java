package ahti.cli.command;

import ahti.disk.FilePlace;
import ahti.disk.FileStore;
import ahti.metainfo.FileEntry;
import ahti.metainfo.Metainfo;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Where the data of a torrent lies.
 *
 * @param metainfo with its root called as it is on disk
 * @param base the directory that the root is in
 */
record DataPlace(Metainfo metainfo, Path base) {
    private static final int FILES_TO_TRY = 1000;

    /** The file, or the root directory. */
    Path root() {
        return base.resolve(metainfo.files().get(0).path().get(0));
    }

    /**
     * Understands {@code path} as the directory that holds the torrent's root if anything of the torrent is there, else as
     * the root itself if anything of it is there, whatever its name.
     */
    static DataPlace find(FileStore store, Metainfo metainfo, Path path) {
        DataPlace holds = new DataPlace(metainfo, path);
        Path parent = path.getParent();
        Path name = path.getFileName();
        if (holds.hasAny(store) || parent == null || name == null) {
            return holds;
        }
        DataPlace is = new DataPlace(Renamed.root(metainfo, name.toString()), parent);
        return is.hasAny(store) ? is : holds;
    }

    /** Whether any of its files is there, whatever it holds. */
    boolean hasAny(FileStore store) {
        return metainfo.files().stream()
                .filter(file -> !file.isPad())
                .limit(FILES_TO_TRY)
                .anyMatch(file -> isThere(store, file));
    }

    /** Whether a file, or something in its place, is there. */
    boolean isThere(FileStore store, FileEntry file) {
        try {
            return store.look(FilePlace.of(base, file.path())).isPresent();
        } catch (IOException e) {
            return false;
        }
    }
}
