package ahti.testkit.disk;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the whole file system says no to: it is full, cannot be changed, or is not there. */
final class Mount {
    /** Room for whatever comes. */
    static final long NO_LIMIT = 1L << 60;

    private final Set<Path> unplugged = new TreeSet<>();
    /** Disks of their own, by where they are mounted: present, or taken away with what is on them. */
    private final TreeMap<Path, Optional<FileTree.Branch>> mounts = new TreeMap<>();

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

    void mounted(Path directory) {
        mounts.put(directory, Optional.empty());
    }

    void unmount(Path directory, FileTree tree) {
        if (mounts.get(directory) == null) {
            throw new IllegalArgumentException("nothing is mounted on " + directory);
        }
        mounts.put(directory, Optional.of(tree.takeAway(directory)));
    }

    void remount(Path directory, FileTree tree) {
        Optional<FileTree.Branch> away = mounts.get(directory);
        if (away == null || away.isEmpty()) {
            throw new IllegalArgumentException("nothing was unmounted from " + directory);
        }
        tree.bringBack(directory, away.get());
        mounts.put(directory, Optional.empty());
    }

    /** Where the disk is mounted that has this path: the deepest that is there. */
    Path pointOf(Path path) {
        Path deepest = path.getRoot();
        for (Map.Entry<Path, Optional<FileTree.Branch>> mount : mounts.entrySet()) {
            if (mount.getValue().isEmpty() && path.startsWith(mount.getKey())) {
                deepest = mount.getKey();
            }
        }
        return deepest;
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
