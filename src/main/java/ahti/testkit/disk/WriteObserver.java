package ahti.testkit.disk;

import java.nio.file.Path;

/** Looks on when a file's bytes change: the place to check that nothing unverified reaches a file. */
@FunctionalInterface
public interface WriteObserver {

    /**
     * Bytes were written; what did not fit, or was torn off, is left out.
     *
     * @param matchesContent whether every byte is what it should be; false as well where {@link SimulatedDisk#expects} said
     *     nothing of this file
     */
    void onWrite(Path path, long offset, int length, boolean matchesContent);

    /** A file could not be forced: whatever it reads now, what was written since it was forced last may be lost. */
    default void onForceFailed(Path path) {}
}
