package ahti.testkit.disk;

import ahti.disk.FilePlace;
import ahti.disk.ObstructedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which files and directories there are. Paths are absolute and normal; nothing is a link.
 *
 * <p>What a file is called is known to the device only when the file, or its directory, was forced. Directories are known
 * to it at once.
 */
final class FileTree {
    private final TreeMap<Path, StoredFile> files = new TreeMap<>();
    private final TreeMap<Path, StoredFile> onDevice = new TreeMap<>();
    /** Paths of which the device may know something else. */
    private final TreeSet<Path> unforced = new TreeSet<>();

    private final TreeSet<Path> directories = new TreeSet<>();

    /** The file there; null when there is none. */
    @Nullable
    StoredFile file(Path path) {
        return files.get(path);
    }

    /** All files, by path. */
    Map<Path, StoredFile> files() {
        return files;
    }

    /** The root always is one. */
    boolean isDirectory(Path path) {
        return path.getParent() == null || directories.contains(path);
    }

    /**
     * The file at a place; empty when something on the way does not exist.
     *
     * @throws ObstructedException when a file stands where a directory must be, or the reverse
     */
    Optional<StoredFile> find(FilePlace place) throws FileSystemException, ObstructedException {
        Path at = place.base();
        int steps = place.below().getNameCount();
        for (int i = 0; i < steps; i++) {
            at = at.resolve(place.below().getName(i));
            boolean last = i == steps - 1;
            if (isDirectory(at) && last) {
                throw new ObstructedException(at, "a directory");
            }
            if (file(at) != null && !last) {
                throw new ObstructedException(at, "a file");
            }
            if (file(at) == null && !isDirectory(at)) {
                return Optional.empty();
            }
        }
        return Optional.ofNullable(file(at));
    }

    /** Puts a file where nothing is, and makes the directories below the place's base, but never the base. */
    void create(FilePlace place, StoredFile file) throws FileSystemException {
        if (!isDirectory(place.base())) {
            throw new NoSuchFileException(place.path().toString());
        }
        Path directory = parent(place.path());
        if (!isDirectory(directory)) {
            makeDirectories(directory);
        }
        files.put(place.path(), file);
        unforced.add(place.path());
    }

    /** Puts a file into a directory that is there, in place of whatever file has its name. */
    void put(Path path, StoredFile file) throws FileSystemException {
        if (!isDirectory(parent(path))) {
            throw new NoSuchFileException(path.toString());
        }
        if (isDirectory(path)) {
            throw new FileSystemException(path.toString(), null, "Is a directory");
        }
        files.put(path, file);
        unforced.add(path);
    }

    /** Puts a file anywhere, whatever was there, and makes its directories; the device knows at once. */
    void place(Path path, StoredFile file) {
        for (Path at = parent(path); !isDirectory(at); at = parent(at)) {
            directories.add(at);
        }
        files.put(path, file);
        settle(path);
    }

    /** Makes a directory and the ones above it. */
    void makeDirectories(Path directory) throws FileSystemException {
        for (Path at = directory; !isDirectory(at); at = parent(at)) {
            if (file(at) != null) {
                throw new FileAlreadyExistsException(at.toString());
            }
        }
        for (Path at = directory; !isDirectory(at); at = parent(at)) {
            directories.add(at);
        }
    }

    /** Takes a file away, or a directory with nothing in it. */
    void delete(Path path) throws FileSystemException {
        if (isDirectory(path)) {
            if (directories.stream().anyMatch(other -> path.equals(other.getParent()))
                    || files.keySet().stream().anyMatch(other -> path.equals(other.getParent()))) {
                throw new DirectoryNotEmptyException(path.toString());
            }
            directories.remove(path);
        }
        if (files.remove(path) != null) {
            unforced.add(path);
        }
    }

    /** The file as the device knows it; null when it may be gone after a power cut. */
    @Nullable
    StoredFile onDevice(Path path) {
        return onDevice.get(path);
    }

    /** Lets the device know that the file is called so, unless it is not any more. */
    void force(Path path, StoredFile file) {
        if (files.get(path) == file) {
            settle(path);
        }
    }

    /** Lets the device know what is in the directory of a file. */
    void forceDirectoryOf(Path file) {
        Path directory = parent(file);
        List<Path> inIt = unforced.stream()
                .filter(path -> directory.equals(path.getParent()))
                .toList();
        inIt.forEach(this::settle);
    }

    private void settle(Path path) {
        unforced.remove(path);
        StoredFile file = files.get(path);
        if (file == null) {
            onDevice.remove(path);
        } else {
            onDevice.put(path, file);
        }
    }

    /** What was taken away below a directory. */
    record Branch(
            Map<Path, StoredFile> files, Map<Path, StoredFile> onDevice, Set<Path> unforced, Set<Path> directories) {}

    /** Takes away everything below a directory, which is left empty. */
    Branch takeAway(Path directory) {
        Branch branch = new Branch(
                below(directory, files.keySet(), files::get),
                below(directory, onDevice.keySet(), onDevice::get),
                new TreeSet<>(below(directory, unforced, path -> path).keySet()),
                new TreeSet<>(below(directory, directories, path -> path).keySet()));
        files.keySet().removeAll(branch.files().keySet());
        onDevice.keySet().removeAll(branch.onDevice().keySet());
        unforced.removeAll(branch.unforced());
        directories.removeAll(branch.directories());
        return branch;
    }

    /** Puts back what was taken away, in place of whatever is there now. */
    void bringBack(Path directory, Branch branch) {
        var unused = takeAway(directory);
        files.putAll(branch.files());
        onDevice.putAll(branch.onDevice());
        unforced.addAll(branch.unforced());
        directories.addAll(branch.directories());
    }

    private static <T> Map<Path, T> below(Path directory, Set<Path> paths, Function<Path, T> value) {
        Map<Path, T> found = new TreeMap<>();
        paths.stream()
                .filter(path -> path.startsWith(directory) && !path.equals(directory))
                .forEach(path -> found.put(path, value.apply(path)));
        return found;
    }

    /** The power is gone: what was not forced is there or not, as chance will have it. */
    void crash(Random random) {
        for (Path path : List.copyOf(unforced)) {
            StoredFile old = onDevice.get(path);
            if (random.nextBoolean() && !isDirectory(path)) {
                files.remove(path);
                if (old != null) {
                    place(path, old);
                }
            }
            settle(path);
        }
        files.values().forEach(file -> file.crash(random));
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        return parent == null ? path : parent;
    }
}
