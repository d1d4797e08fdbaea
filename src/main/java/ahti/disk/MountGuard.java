package ahti.disk;

import ahti.core.InfoHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Knows where the file system of a download was mounted, and notices when it is not there any more: what lies at the empty
 * mount point then is another disk, and nothing may be downloaded onto it.
 *
 * <p>Known for the life of the torrent; with a state directory for later runs, too: {@code <state>/<info hash>.mount} holds
 * the download directory and the mount point, a line each, in UTF-8. Of a download on the file system of the root nothing is
 * kept.
 */
final class MountGuard {
    private static final int LONGEST = 32 * 1024;

    private final FileStore store;
    private final Path base;
    private final Optional<Path> note;
    private final boolean trusts;
    private Optional<Path> known = Optional.empty();

    MountGuard(DiskWriter.Settings settings) {
        this(
                settings.store(),
                settings.directory(),
                settings.stateDirectory()
                        .map(state -> note(state, settings.metainfo().infoHash())),
                !settings.checkAll());
    }

    /**
     * Of a download in that directory.
     *
     * @param note where it is remembered; empty for nowhere
     * @param trusts whether what an earlier run remembered counts
     */
    MountGuard(FileStore store, Path directory, Optional<Path> note, boolean trusts) {
        this.store = store;
        this.base = directory.toAbsolutePath();
        this.note = note;
        this.trusts = trusts;
    }

    /** Where it is remembered. */
    static Path note(Path stateDirectory, InfoHash infoHash) {
        return stateDirectory.resolve(infoHash.hex() + ".mount");
    }

    /**
     * Fails when what was mounted is not any more. What an earlier run remembered counts only where no file of the torrent is:
     * whoever moved the files knows what he does.
     */
    void check(boolean nothingThere) throws DiskException {
        Optional<Path> now = mountPoint();
        if (now.isEmpty()) {
            return;
        }
        throwIfGone(known, now.get());
        if (nothingThere) {
            throwIfGone(noted(), now.get());
        }
    }

    private static void throwIfGone(Optional<Path> mount, Path now) throws DiskException {
        if (mount.isPresent() && isGone(mount.get(), now)) {
            throw new DiskException(new DiskProblem.NotMounted(mount.get()));
        }
    }

    private static boolean isGone(Path mount, Path now) {
        return !now.equals(mount) && mount.startsWith(now);
    }

    /** Files will be looked for: if nothing is known yet, what is mounted now must stay meanwhile. */
    void begin() throws DiskException {
        if (known.isEmpty()) {
            known = mountPoint();
        }
    }

    /** The download begins, or goes on, where it is now; later runs should know it. */
    void remember() throws DiskException {
        check(false);
        known = mountPoint();
        Optional<Path> worthIt = known.filter(mount -> mount.getParent() != null);
        if (known.isEmpty() || note.isEmpty() || worthIt.equals(read())) {
            return;
        }
        Path file = note.get();
        try {
            if (worthIt.isEmpty()) {
                store.delete(file);
            } else if (file.getParent() != null) {
                store.makeDirectory(file.getParent());
                store.replace(file, (base + "\n" + worthIt.get() + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new DiskException(Diagnosis.of(file, e));
        }
    }

    private Optional<Path> noted() {
        return trusts ? read() : Optional.empty();
    }

    private Optional<Path> read() {
        if (note.isEmpty()) {
            return Optional.empty();
        }
        String head = base + "\n";
        try {
            return store.readSmall(note.get(), LONGEST)
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                    .filter(text -> text.startsWith(head) && text.endsWith("\n") && text.length() > head.length())
                    .map(text -> base.getFileSystem().getPath(text.substring(head.length(), text.length() - 1)));
        } catch (IOException | InvalidPathException e) {
            return Optional.empty(); // a note that nobody can read vouches for nothing
        }
    }

    private Optional<Path> mountPoint() throws DiskException {
        try {
            return store.mountPoint(base);
        } catch (IOException e) {
            throw new DiskException(Diagnosis.of(base, e));
        }
    }
}
