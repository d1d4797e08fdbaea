package ahti.metainfo;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The names given out in one directory of a torrent: no two that any file system takes for the same.
 *
 * <p>There may be a million of these, most with one name inside: their maps begin as the empty one that all share.
 */
final class Directory {
    /** Room for {@code " (2)"} and greater numbers. */
    private static final int ROOM_FOR_NUMBER = 13;
    /** Stands for a file in {@link #names}. */
    private static final Directory FILE = new Directory("");

    private final String name;
    /** What is there, under its folded name. */
    private Map<String, Directory> names = Map.of();
    /** Directories whose name a file had taken, under the folded name that they should have had. */
    private Map<String, Directory> moved = Map.of();
    /** The highest number given so far to names that would have been the same. */
    private Map<String, Integer> numbers = Map.of();
    /** Directories inside, as the torrent spells them, whose other name was told. */
    private Set<String> told = Set.of();

    Directory(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** How many files and directories are inside. */
    int size() {
        return names.size();
    }

    /** The directory inside that stands for a safe name: made when it is not there yet. */
    Directory directory(String wanted) {
        String folded = SafeName.folded(wanted);
        Directory there = names.get(folded);
        if (there == null) {
            return add(folded, new Directory(wanted));
        }
        if (!there.equals(FILE)) {
            return there;
        }
        Directory other = moved.get(folded);
        if (other == null) {
            String free = free(wanted);
            other = add(SafeName.folded(free), new Directory(free));
            moved = with(moved, folded, other);
        }
        return other;
    }

    /** The name inside of one more file: the safe name wanted, or that with a number. */
    String file(String wanted) {
        String folded = SafeName.folded(wanted);
        if (!names.containsKey(folded)) {
            add(folded, FILE);
            return wanted;
        }
        String free = free(wanted);
        add(SafeName.folded(free), FILE);
        return free;
    }

    /** Whether this is the first time that this spelling of a directory's name is told. */
    boolean tell(String spelling) {
        if (told.isEmpty()) {
            told = new HashSet<>();
        }
        return told.add(spelling);
    }

    /** The first free of {@code name (2)}, {@code name (3)} and so on, never trying a number again. */
    private String free(String wanted) {
        String extension = SafeName.extension(wanted);
        String stem = wanted.substring(0, wanted.length() - extension.length());
        String kept = SafeName.cut(stem, "", SafeName.MOST_BYTES - ROOM_FOR_NUMBER - extension.length());
        // Keyed by what is kept, not by the name: many long names may have the same beginning.
        String series = SafeName.folded(kept) + "/" + SafeName.folded(extension);
        int number = numbers.getOrDefault(series, 1);
        String free;
        do {
            number++;
            free = kept + " (" + number + ")" + extension;
        } while (names.containsKey(SafeName.folded(free)));
        numbers = with(numbers, series, number);
        return free;
    }

    private Directory add(String folded, Directory what) {
        names = with(names, folded, what);
        return what;
    }

    /** The map with one entry more: a map of one cannot change and is small, a larger one is changed. */
    private static <V> Map<String, V> with(Map<String, V> map, String key, V value) {
        if (map.isEmpty()) {
            return Map.of(key, value);
        }
        Map<String, V> larger = map.size() == 1 ? new HashMap<>(map) : map;
        larger.put(key, value);
        return larger;
    }
}
