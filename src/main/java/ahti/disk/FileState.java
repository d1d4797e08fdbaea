package ahti.disk;

import java.time.Instant;

/**
 * What tells whether a file is still as we left it.
 *
 * @param size bytes
 * @param modified when it was written last, as precise as the file system keeps it; whoever may write it can set it back
 * @param changed when anything of it changed last (ctime), which nobody can set; {@code modified} where nothing keeps that
 */
public record FileState(long size, Instant modified, Instant changed) {

    /** Of a file of which nobody keeps when it changed. */
    public FileState(long size, Instant modified) {
        this(size, modified, modified);
    }

    /**
     * Whether nothing happened to the file in between.
     *
     * @param thorough whether a write that set the time of modification back is found, too
     */
    public boolean isSameAs(FileState other, boolean thorough) {
        return size == other.size && modified.equals(other.modified) && (!thorough || changed.equals(other.changed));
    }
}
