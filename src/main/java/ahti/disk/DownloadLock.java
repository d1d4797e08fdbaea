package ahti.disk;

import ahti.core.InfoHash;
import ahti.core.Text;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Keeps everybody else off one download: {@code <state>/<info hash>.lock}.
 *
 * <p>Held by the process, so that it is free again however the process ends. The file stays and names its last holder.
 */
public final class DownloadLock implements AutoCloseable {
    private static final int LONGEST_NOTE = 100;

    private final Closeable lock;

    private DownloadLock(Closeable lock) {
        this.lock = lock;
    }

    /** What came of trying. */
    public sealed interface Attempt {}

    /** It is ours until it is closed. */
    public record Held(DownloadLock lock) implements Attempt {}

    /**
     * Somebody has it.
     *
     * @param file the lock file
     * @param holder who, for the user: "process 4711"
     */
    public record Taken(Path file, String holder) implements Attempt {}

    /** It could not be tried. */
    public record Untried(DiskProblem problem) implements Attempt {}

    /**
     * Tries to lock a download; never waits.
     *
     * @param stateDirectory created when it does not exist
     */
    public static Attempt tryLock(FileStore store, Path stateDirectory, InfoHash infoHash) {
        Path file = stateDirectory.resolve(infoHash.hex() + ".lock");
        try {
            FileStore.LockResult result =
                    store.lock(file, "process " + ProcessHandle.current().pid());
            return result instanceof FileStore.LockResult.Locked locked
                    ? new Held(new DownloadLock(locked.lock()))
                    : new Taken(file, holder(((FileStore.LockResult.Busy) result).note()));
        } catch (IOException e) {
            return new Untried(Diagnosis.of(file, e));
        }
    }

    private static String holder(String note) {
        String text = Text.clean(note, LONGEST_NOTE);
        return text.isBlank() ? "another process" : text;
    }

    /** Gives it back. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
