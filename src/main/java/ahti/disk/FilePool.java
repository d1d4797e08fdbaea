package ahti.disk;

import ahti.config.DiskConfig;
import ahti.disk.FileStore.Access;
import ahti.disk.FileStore.OpenFile;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The open files of a torrent, by slot.
 *
 * <p>Never more than configured, and fewer when the machine runs out of handles: the one that rested longest is closed
 * first. A file is opened to read until it must be written.
 */
final class FilePool {
    private final FileStore store;
    private final FileLayout layout;
    private final Ground ground;
    private final int most;
    private final boolean preallocate;
    /** The least recently used comes first. */
    private final LinkedHashMap<Integer, Handle> open = new LinkedHashMap<>(16, 0.75f, true);

    private record Handle(OpenFile file, Access access) {}

    /** What the files lie on. */
    @FunctionalInterface
    interface Ground {
        /** Fails when it is not there any more: a file would be made on whatever is in its place. */
        void check() throws DiskException;
    }

    FilePool(FileStore store, FileLayout layout, DiskConfig config, Ground ground) {
        this.store = store;
        this.ground = ground;
        this.layout = layout;
        this.most = config.maxOpenFiles();
        this.preallocate = config.preallocate();
    }

    /** The file of a slot, which must exist. */
    OpenFile toRead(int slot) throws IOException {
        Handle handle = open.get(slot);
        return handle != null ? handle.file() : opened(slot, Access.READ);
    }

    /** The file of a slot; created when it does not exist, cut off when it is longer than it may be. */
    OpenFile toWrite(int slot) throws IOException, DiskException {
        Handle handle = open.get(slot);
        if (handle != null && handle.access() == Access.WRITE) {
            return handle.file();
        }
        drop(slot);
        ground.check();
        OpenFile file = opened(slot, Access.WRITE);
        try {
            fit(file, slot);
        } catch (IOException e) {
            drop(slot);
            throw e;
        }
        if (layout.isExecutable(slot)) {
            store.makeExecutable(layout.place(slot));
        }
        return file;
    }

    private void fit(OpenFile file, int slot) throws IOException {
        long length = layout.length(slot);
        long size = file.size();
        if (size > length) {
            file.truncate(length);
        } else if (preallocate && size < length && slot != layout.partSlot()) {
            file.reserve(length);
        }
    }

    private OpenFile opened(int slot, Access access) throws IOException {
        while (open.size() >= most) {
            closeEldest();
        }
        OpenFile file = openWithFewer(slot, access);
        open.put(slot, new Handle(file, access));
        return file;
    }

    private OpenFile openWithFewer(int slot, Access access) throws IOException {
        while (true) {
            try {
                return store.open(layout.place(slot), access);
            } catch (IOException e) {
                if (open.isEmpty() || !Diagnosis.isOutOfHandles(e)) {
                    throw e;
                }
                closeEldest();
            }
        }
    }

    private void closeEldest() throws IOException {
        Iterator<Map.Entry<Integer, Handle>> eldest = open.entrySet().iterator();
        Handle handle = eldest.next().getValue();
        eldest.remove();
        handle.file().close();
    }

    /** Closes the file of a slot, if it is open: after a fault it is opened anew, for the disk may have been replaced. */
    void drop(int slot) {
        Handle handle = open.remove(slot);
        if (handle != null) {
            closeQuietly(handle.file());
        }
    }

    /** Closes all. What could not be written was told when it was written or forced; closing has nothing to add. */
    void closeAll() {
        open.values().forEach(handle -> closeQuietly(handle.file()));
        open.clear();
    }

    private static void closeQuietly(OpenFile file) {
        try {
            file.close();
        } catch (IOException e) {
            return;
        }
    }
}
