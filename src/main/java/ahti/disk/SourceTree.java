package ahti.disk;

import ahti.core.Limits;
import java.nio.file.Path;
import java.util.List;

/**
 * The files below a path, as {@code ahti create} puts them into a torrent: one after the other, sorted by the bytes of
 * their names.
 *
 * @param name of the file or directory
 * @param isSingleFile whether it is a file, not a directory
 * @param files what is shared
 * @param skipped what is not: links and special files
 */
public record SourceTree(String name, boolean isSingleFile, List<SourceFile> files, List<Skipped> skipped) {

    /**
     * A file to share.
     *
     * @param names from the directory down to it; of a single file, its own name
     * @param state as it was found; if it is another after hashing, the file changed meanwhile
     */
    public record SourceFile(FilePlace place, List<String> names, FileState state) {}

    /** Something that is left out. */
    public record Skipped(Path path, String reason) {}

    /** What came of looking. */
    public sealed interface Listing {}

    /** These are the files. */
    public record Listed(SourceTree tree) implements Listing {}

    /** There is nothing to share, or nothing that can be: {@code reason} is a sentence for the user. */
    public record Refused(String reason) implements Listing {}

    /** There is no such file or directory. */
    public record NotFound(Path path) implements Listing {}

    /** It could not be read. */
    public record Unreadable(DiskProblem problem) implements Listing {}

    public SourceTree {
        files = List.copyOf(files);
        skipped = List.copyOf(skipped);
    }

    /**
     * Looks at everything below {@code path}, or at the one file that it is. Hidden files count; links are not followed,
     * except when the path itself is one.
     */
    public static Listing list(Path path, Limits limits) {
        return SourceLister.list(path, limits);
    }

    /** Bytes of all files. */
    public long totalLength() {
        return files.stream().mapToLong(file -> file.state().size()).sum();
    }
}
