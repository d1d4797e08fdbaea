package ahti.disk;

import ahti.core.Text;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What an {@link IOException} means: the one place where the words of the operating system are understood. */
final class Diagnosis {
    private static final int LONGEST_REASON = 200;

    private static final List<String> FULL =
            List.of("no space left on device", "disk quota exceeded", "not enough space");
    private static final List<String> DENIED =
            List.of("permission denied", "read-only file system", "operation not permitted", "access is denied");
    private static final List<String> IN_THE_WAY =
            List.of("is a directory", "not a directory", "levels of symbolic links", "file exists");

    private Diagnosis() {}

    /** Why the file at {@code path} could not be used. */
    static DiskProblem of(Path path, IOException e) {
        if (e instanceof ObstructedException obstructed) {
            return new DiskProblem.InTheWay(obstructed.path(), reason(e));
        }
        String said = e.getMessage() == null ? "" : e.getMessage().toLowerCase(Locale.ROOT);
        if (mentions(said, FULL)) {
            return new DiskProblem.Full(path);
        }
        if (e instanceof AccessDeniedException || mentions(said, DENIED)) {
            return new DiskProblem.Denied(path, reason(e));
        }
        if (e instanceof FileAlreadyExistsException
                || e instanceof NotDirectoryException
                || mentions(said, IN_THE_WAY)) {
            return new DiskProblem.InTheWay(path, reason(e));
        }
        return new DiskProblem.Faulty(path, reason(e));
    }

    /** A file that was there is not there any more. */
    static DiskProblem gone(Path path) {
        return of(path, new NoSuchFileException(path.toString()));
    }

    /** A torrent's name that this system's character set has no letters for. */
    static DiskProblem unwritableName(Path base, String name) {
        return new DiskProblem.Faulty(
                base,
                "the name '" + Text.clean(name, LONGEST_REASON)
                        + "' has letters that this system's character set lacks; a UTF-8 locale has them");
    }

    /** Whether too many files are open, in this process or on this machine. */
    static boolean isOutOfHandles(IOException e) {
        return e.getMessage() != null && e.getMessage().contains("Too many open files");
    }

    private static boolean mentions(String said, List<String> words) {
        return words.stream().anyMatch(said::contains);
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (e instanceof FileAlreadyExistsException || e instanceof NotDirectoryException) {
            return "not a directory";
        }
        String reason = e instanceof FileSystemException fault ? fault.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : Text.clean(reason, LONGEST_REASON);
    }
}
