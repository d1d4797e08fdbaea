package ahti.testkit.disk;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** What the whole file system says no to: it is full, cannot be changed, or is not there. */
final class Mount {
    /** Room for whatever comes. */
    static final long NO_LIMIT = 1L << 60;

    private final Set<Path> unplugged = new TreeSet<>();
    private long capacity = NO_LIMIT;
    private boolean readOnly;

    void capacity(long bytes) {
        capacity = bytes;
    }

    void readOnly(boolean is) {
        readOnly = is;
    }

    void unplug(Path directory) {
        unplugged.add(directory);
    }

    void plugIn(Path directory) {
        unplugged.remove(directory);
    }

    boolean isLimited() {
        return capacity != NO_LIMIT;
    }

    /** Bytes that can still be written when so many are. */
    long room(long used) {
        return Math.max(0, capacity - used);
    }

    boolean isReadOnly() {
        return readOnly;
    }

    boolean isUnplugged(Path path) {
        return !unplugged.isEmpty() && unplugged.stream().anyMatch(path::startsWith);
    }

    void checkNotReadOnly(Path path) throws IOException {
        if (readOnly) {
            throw new FileSystemException(path.toString(), null, "Read-only file system");
        }
    }

    void checkPlugged(Path path) throws IOException {
        if (isUnplugged(path)) {
            throw new FileSystemException(path.toString(), null, "Input/output error");
        }
    }

    static IOException full(Path path) {
        return new FileSystemException(path.toString(), null, "No space left on device");
    }
}
