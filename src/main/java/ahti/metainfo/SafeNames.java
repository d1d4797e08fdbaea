package ahti.metainfo;

import ahti.core.Limits;
import ahti.core.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Gives every file of a torrent a path of safe names that no other file has.
 *
 * <p>What always holds, on any file system: no two files share a path, and no file stands where another needs a directory.
 * Names that some file system takes for the same (capitals, composed characters) count as the same: of two directories one
 * is made, spelled as the first; of two files, or a file and a directory, the later becomes {@code name (2)}. The outcome
 * depends on the paths and their order, on nothing else, and the work grows with their number.
 */
public final class SafeNames {
    /** So many changes are told one by one; a last one counts the rest. */
    static final int MOST_RENAMINGS = 1_000;

    /** Bytes of a whole path: with the directory that it is below, systems take 4096. */
    static final int MOST_BYTES = 3_000;

    private static final int MOST_SHOWN = 300;
    private static final String TAKEN = "the name is taken";

    private final List<String> root;
    private final int maxDirectories;
    private final Directory top = new Directory("");
    private final List<Renaming> renamings = new ArrayList<>();
    private int renamed;
    private int directories;

    private SafeNames(List<String> root, int maxDirectories) {
        this.root = root;
        this.maxDirectories = maxDirectories;
    }

    /** For the one file of a torrent without directories. */
    public static SafeNames ofSingleFile() {
        return new SafeNames(List.of(), 0);
    }

    /** For the files below a torrent's root directory, which is the first name of every path. */
    public static SafeNames below(String theirRoot, int maxDirectories) {
        SafeName name = SafeName.of(theirRoot);
        SafeNames names = new SafeNames(List.of(name.text()), maxDirectories);
        names.tell(List.of(theirRoot), List.of(name.text()), name.reason());
        return names;
    }

    /** How many directories the files of one torrent may make: more than any real one, and they cost memory each. */
    static int mostDirectories(Limits limits) {
        return limits.files() / 4;
    }

    /**
     * The path of one more file, beginning with the root directory if there is one.
     *
     * @param theirs the path as the torrent says, without the root; at least one name
     */
    public List<String> path(List<String> theirs) {
        List<String> ours = new ArrayList<>(root);
        Directory directory = top;
        for (int i = 0; i < theirs.size() - 1; i++) {
            directory = enter(directory, theirs.subList(0, i + 1), ours);
        }
        SafeName wanted = SafeName.of(theirs.get(theirs.size() - 1));
        String name = directory.file(wanted.text());
        ours.add(name);
        tell(theirs, ours, name.equals(wanted.text()) ? wanted.reason() : TAKEN);
        return List.copyOf(ours);
    }

    /** Bytes of a path, separators included. */
    static int bytes(List<String> path) {
        return String.join("/", path).getBytes(StandardCharsets.UTF_8).length;
    }

    /** The path of padding (BEP 47): by its length, whatever the torrent says, for it never becomes a file. */
    public List<String> pad(long length) {
        return Stream.concat(root.stream(), Stream.of(".pad", Long.toString(length)))
                .toList();
    }

    /** Whether the paths took more directories than allowed: then give up on the torrent. */
    public boolean isFull() {
        return directories > maxDirectories;
    }

    /** What was changed, in the order of the torrent; each directory once for each way the torrent spells it. */
    public List<Renaming> renamings() {
        if (renamed <= MOST_RENAMINGS) {
            return List.copyOf(renamings);
        }
        Renaming rest = new Renaming("\u2026", "\u2026", (renamed - MOST_RENAMINGS) + " more names were changed");
        return Stream.concat(renamings.stream(), Stream.of(rest)).toList();
    }

    private Directory enter(Directory parent, List<String> theirs, List<String> ours) {
        String spelling = theirs.get(theirs.size() - 1);
        SafeName wanted = SafeName.of(spelling);
        int before = parent.size();
        Directory entered = parent.directory(wanted.text());
        directories += parent.size() - before;
        ours.add(entered.name());
        if (!entered.name().equals(spelling) && renamed <= MOST_RENAMINGS && parent.tell(spelling)) {
            tell(theirs, ours, entered.name().equals(wanted.text()) ? wanted.reason() : TAKEN);
        }
        return entered;
    }

    private void tell(List<String> theirs, List<String> ours, String reason) {
        if (!reason.isEmpty() && ++renamed <= MOST_RENAMINGS) {
            renamings.add(new Renaming(shown(theirs), shown(ours), reason));
        }
    }

    private static String shown(List<String> path) {
        return Text.clean(String.join("/", path), MOST_SHOWN);
    }
}
