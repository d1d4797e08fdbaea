package ahti.testkit.record.event;

import ahti.disk.ObstructedException;
import ahti.testkit.record.event.DiskAnswer.Failure;
import ahti.testkit.record.event.DiskAnswer.Failure.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;

/** What the file system throws as data, and back: whatever the engine tells apart stays apart. */
public final class DiskFailures {

    private DiskFailures() {}

    /** As data. */
    public static Failure answer(IOException thrown) {
        if (thrown instanceof ObstructedException obstructed) {
            return new Failure(Kind.OBSTRUCTED, obstructed.path().toString(), text(thrown.getMessage()));
        } else if (thrown instanceof FileSystemException fault) {
            return new Failure(kind(fault), text(fault.getFile()), text(fault.getReason()));
        }
        return new Failure(Kind.OTHER, "", text(thrown.getMessage()));
    }

    private static String text(@org.jspecify.annotations.Nullable String text) {
        return Optional.ofNullable(text).orElse("");
    }

    private static Kind kind(FileSystemException fault) {
        if (fault instanceof NoSuchFileException) {
            return Kind.NO_SUCH_FILE;
        } else if (fault instanceof AccessDeniedException) {
            return Kind.ACCESS_DENIED;
        } else if (fault instanceof FileAlreadyExistsException) {
            return Kind.ALREADY_EXISTS;
        }
        return fault instanceof NotDirectoryException ? Kind.NOT_A_DIRECTORY : Kind.FILE_SYSTEM;
    }

    /** As what was thrown. */
    public static IOException thrown(Failure failure) {
        String path = failure.path();
        String text = failure.text();
        return switch (failure.kind()) {
            case NO_SUCH_FILE -> new NoSuchFileException(path, null, text);
            case ACCESS_DENIED -> new AccessDeniedException(path, null, text);
            case ALREADY_EXISTS -> new FileAlreadyExistsException(path, null, text);
            case NOT_A_DIRECTORY -> new NotDirectoryException(path);
            case OBSTRUCTED -> new ObstructedException(Path.of(path), text);
            case FILE_SYSTEM -> new FileSystemException(path, null, text);
            case OTHER -> new IOException(text);
        };
    }
}
