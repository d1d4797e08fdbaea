package ahti.testkit.disk;

import java.nio.file.Path;
import java.util.Locale;

/**
 * Something that a {@link SimulatedDisk} was asked to do.
 *
 * @param number counted from 1, over everything that was asked of this disk
 * @param path the file or directory
 * @param offset where in the file; 0 where that means nothing
 * @param length bytes to be read, written or reserved; 0 where that means nothing
 */
public record Operation(long number, Kind kind, Path path, long offset, long length) {

    /** What can be asked. To ask an open file for its size, and to close it, are no operations: they never fail. */
    public enum Kind {
        OPEN,
        LOOK,
        CHECK_WRITABLE,
        MAKE_DIRECTORY,
        USABLE_SPACE,
        DELETE,
        REPLACE,
        READ_SMALL,
        LOCK,
        READ,
        WRITE,
        TRUNCATE,
        RESERVE,
        FORCE
    }

    /** Whether it is about this path, or something below. */
    public boolean isIn(Path place) {
        return path.startsWith(place);
    }

    /** Whether it is about any of these bytes of its file, the last one left out. */
    public boolean touches(long from, long to) {
        return offset < to && offset + length > from;
    }

    @Override
    public String toString() {
        String name = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return "#" + number + " " + name + " " + path + (length > 0 ? " " + offset + "+" + length : "");
    }
}
