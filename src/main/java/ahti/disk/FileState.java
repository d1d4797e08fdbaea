package ahti.disk;

import java.time.Instant;

/**
 * What tells whether a file is still as we left it.
 *
 * @param size bytes
 * @param modified when it was written last, as precise as the file system keeps it
 */
public record FileState(long size, Instant modified) {}
