package ahti.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Everything that touches the file system goes through here: the real one, or a simulated one that is slow, full, broken
 * or forgetful on request.
 *
 * <p>Below a {@link FilePlace}'s base no symbolic link is ever followed, and only regular files are opened: anything else
 * fails with {@link ObstructedException}. All methods may block; all may be called from several threads.
 */
public interface FileStore {

    /** What an open file is for. */
    enum Access {
        /** It must exist. */
        READ,
        /** Read and written; created, with its directories below the base, when it does not exist. The base must. */
        WRITE
    }

    /**
     * Opens a file.
     *
     * @throws java.nio.file.NoSuchFileException when it is to be read and does not exist
     */
    OpenFile open(FilePlace place, Access access) throws IOException;

    /** Size and time of the file at that place; empty when nothing is there. */
    Optional<FileState> look(FilePlace place) throws IOException;

    /** Fails, with the reason, unless the file could be written there, or created; changes nothing. */
    void checkWritable(FilePlace place) throws IOException;

    /**
     * Lets whoever may read a file run it, too. Best effort: nothing happens where that is forbidden, or has no meaning.
     */
    default void makeExecutable(FilePlace place) {}

    /**
     * Makes a symbolic link at that place, with its directories below the base, unless something is there. Best effort: nothing
     * happens where the file system has no links.
     *
     * @param target from the link's own directory
     */
    default void makeLink(FilePlace place, Path target) {}

    /** Takes the symbolic link at that place away; false when there is none. */
    default boolean deleteLink(FilePlace place) throws IOException {
        return false;
    }

    /** Takes the file at that place away; false when there is none. */
    default boolean delete(FilePlace place) throws IOException {
        if (look(place).isEmpty()) {
            return false;
        }
        delete(place.path());
        return true;
    }

    /** Makes a directory and the ones above it, unless they exist; links to directories are fine here. */
    void makeDirectory(Path directory) throws IOException;

    /** Bytes that can still be written in this directory's file system. */
    long usableSpace(Path directory) throws IOException;

    /**
     * Where the file system was mounted that this path is on, or would be on if it existed; empty where that cannot be known.
     * Links on the way are followed.
     */
    default Optional<Path> mountPoint(Path path) throws IOException {
        return Optional.empty();
    }

    /** Takes a file away; nothing happens when it does not exist. */
    void delete(Path file) throws IOException;

    /**
     * Puts a whole small file in place of whatever file was there: after a crash either the old or the new content is
     * there, complete. When this returns, the new one is.
     */
    void replace(Path file, byte[] content) throws IOException;

    /**
     * The whole content of a small file; empty when it does not exist or has more than {@code most} bytes. Anything else
     * there, such as a link, a directory or a pipe, is an {@link ObstructedException}, and nothing waits for it.
     */
    Optional<byte[]> readSmall(Path file, int most) throws IOException;

    /**
     * Locks a file, which is created with its directories when it does not exist, against other processes and against
     * ourselves. The operating system gives the lock back when the process ends, however it ends.
     *
     * @param note put into the file for the others to read; short
     */
    LockResult lock(Path file, String note) throws IOException;

    /** What came of trying to lock. */
    sealed interface LockResult {
        /** It is ours until it is closed. */
        record Locked(Closeable lock) implements LockResult {}

        /** Somebody has it; the note of theirs, which may be empty, or anything. */
        record Busy(String note) implements LockResult {}
    }

    /** A file held open. One owner at a time. */
    interface OpenFile extends Closeable {

        /** Writes the buffers one after the other, from {@code offset} on, all of them or fails; takes what they hold. */
        void write(long offset, List<ByteBuffer> buffers) throws IOException;

        /** Fills the buffer from {@code offset} on; it is left with room only when the file ends before. */
        void read(long offset, ByteBuffer into) throws IOException;

        /** Bytes of the file. */
        long size() throws IOException;

        /** Cuts the file off after so many bytes. */
        void truncate(long length) throws IOException;

        /** Writes zeros from the file's end up to {@code length}, so that its room is taken. */
        void reserve(long length) throws IOException;

        /** Returns when everything written is on the device. */
        void force() throws IOException;
    }
}
