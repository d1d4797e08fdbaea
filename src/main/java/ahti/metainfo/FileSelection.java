package ahti.metainfo;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Which files of a torrent are fetched, and how urgently. Begin at {@link #all} or {@link #only} and change what is to be
 * different; every change is a new value.
 *
 * @param others of the files that are not named
 * @param named by index into {@link Metainfo#files()}; none of them has the priority of the others
 */
public record FileSelection(FilePriority others, Map<Integer, FilePriority> named) {
    private static final FileSelection ALL = new FileSelection(FilePriority.NORMAL, Map.of());

    public FileSelection {
        Objects.requireNonNull(others, "others");
        Map<Integer, FilePriority> different = new TreeMap<>(named);
        FilePriority usual = others;
        different.values().removeIf(priority -> priority == usual);
        named = Collections.unmodifiableMap(different);
    }

    /** Every file. */
    public static FileSelection all() {
        return ALL;
    }

    /** These files alone, by index into {@link Metainfo#files()}. */
    public static FileSelection only(Collection<Integer> files) {
        return new FileSelection(FilePriority.OFF, Map.of()).with(files, FilePriority.NORMAL);
    }

    /** The same, but these files are wanted as urgently as this. */
    public FileSelection with(Collection<Integer> files, FilePriority priority) {
        Map<Integer, FilePriority> changed = new TreeMap<>(named);
        files.forEach(file -> changed.put(file, priority));
        return new FileSelection(others, changed);
    }

    /** The same, but this file is wanted as urgently as this. */
    public FileSelection with(int file, FilePriority priority) {
        return with(java.util.List.of(file), priority);
    }

    /** How urgently a file is wanted. */
    public FilePriority priority(int file) {
        return named.getOrDefault(file, others);
    }

    /** Whether a file is wanted at all. */
    public boolean isWanted(int file) {
        return priority(file) != FilePriority.OFF;
    }

    /** Whether every file is wanted, more or less urgently. */
    public boolean isWhole() {
        return others != FilePriority.OFF && !named.containsValue(FilePriority.OFF);
    }

    /** Whether the same files are wanted as by another selection, be it more or less urgently. */
    public boolean wantsTheSame(FileSelection other) {
        return equals(other)
                || (isWhole() && other.isWhole())
                || ((others == FilePriority.OFF) == (other.others == FilePriority.OFF)
                        && named.keySet().stream().allMatch(file -> isWanted(file) == other.isWanted(file))
                        && other.named.keySet().stream().allMatch(file -> isWanted(file) == other.isWanted(file)));
    }

    /** A named file that a torrent of so many files does not have. */
    public OptionalInt notAmong(int files) {
        return named.keySet().stream()
                .mapToInt(file -> file)
                .filter(file -> file < 0 || file >= files)
                .findFirst();
    }
}
