package ahti.disk;

import ahti.core.Limits;
import java.nio.file.Path;
import java.util.ArrayList;
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
     * @param executable whether its owner may run it
     * @param padding zeros behind it, so that the next file begins with a piece (BEP 47)
     */
    public record SourceFile(FilePlace place, List<String> names, FileState state, boolean executable, long padding) {
        /** Without padding. */
        public SourceFile(FilePlace place, List<String> names, FileState state, boolean executable) {
            this(place, names, state, executable, 0);
        }

        /** Bytes, padding among them. */
        long span() {
            return state.size() + padding;
        }
    }

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

    /** The same with padding (BEP 47): every file begins with a piece of its own. */
    public SourceTree aligned(int pieceLength) {
        List<SourceFile> aligned = new ArrayList<>(files.size());
        for (int index = 0; index < files.size(); index++) {
            SourceFile file = files.get(index);
            boolean isLast = index == files.size() - 1;
            long padding = isLast ? 0 : Math.floorMod(-file.state().size(), (long) pieceLength);
            aligned.add(new SourceFile(file.place(), file.names(), file.state(), file.executable(), padding));
        }
        return new SourceTree(name, isSingleFile, aligned, skipped);
    }

    /** Bytes of all files, and of the padding between them. */
    public long totalLength() {
        return files.stream().mapToLong(SourceFile::span).sum();
    }
}
