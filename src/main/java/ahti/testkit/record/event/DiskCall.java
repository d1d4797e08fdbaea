package ahti.testkit.record.event;

/**
 * A call of {@link ahti.disk.FileStore} or of one of its files.
 *
 * @param path what it is about; empty when {@code file} says it
 * @param file an open file, by its number, counted from 1; 0 for none
 * @param offset in bytes; of {@link Act#REPLACE} a checksum of the content
 * @param length in bytes
 */
public record DiskCall(Act act, String path, int file, long offset, long length) {

    /** The methods. */
    public enum Act {
        OPEN_TO_READ,
        OPEN_TO_WRITE,
        LOOK,
        CHECK_WRITABLE,
        MAKE_DIRECTORY,
        USABLE_SPACE,
        DELETE,
        REPLACE,
        READ_SMALL,
        LOCK,
        UNLOCK,
        WRITE,
        READ,
        SIZE,
        TRUNCATE,
        RESERVE,
        FORCE,
        CLOSE
    }

    /** A call about a path. */
    public static DiskCall on(Act act, String path) {
        return new DiskCall(act, path, 0, 0, 0);
    }

    /** A call about an open file. */
    public static DiskCall of(Act act, int file, long offset, long length) {
        return new DiskCall(act, "", file, offset, length);
    }
}
