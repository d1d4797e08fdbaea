package ahti.disk;

import ahti.core.InfoHash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Keeps the resume record of one torrent, {@code <state>/<info hash>.resume}.
 *
 * <p>A record is there only while the files are as it says: {@link #invalidate} takes it away before anything is written.
 * A run that ends without writing a new one makes the next run check everything that is there.
 */
final class ResumeJournal {
    private final FileStore store;
    private final InfoHash infoHash;
    private final Optional<Path> directory;
    private final Optional<Path> file;
    /** Whether a record may be there that the next write makes untrue. */
    private boolean mayBeThere = true;

    ResumeJournal(FileStore store, Optional<Path> stateDirectory, InfoHash infoHash) {
        this.store = store;
        this.infoHash = infoHash;
        this.directory = stateDirectory;
        this.file = stateDirectory.map(state -> state.resolve(infoHash.hex() + ".resume"));
    }

    /** What came of looking for a record. */
    sealed interface Recalled {
        /** There is one. */
        record Found(ResumeRecord record) implements Recalled {}

        /** There is none. */
        enum None implements Recalled {
            INSTANCE
        }

        /** There is one that cannot be used. */
        record Unusable(Path file, String reason) implements Recalled {}
    }

    /** The record that an earlier run left. */
    Recalled recall(int pieces, int slots) {
        if (file.isEmpty()) {
            return Recalled.None.INSTANCE;
        }
        Path path = file.get();
        try {
            Optional<byte[]> content = store.readSmall(path, ResumeRecord.mostBytes(pieces, slots));
            if (content.isEmpty()) {
                return Recalled.None.INSTANCE;
            }
            Optional<ResumeRecord> record = ResumeRecord.decode(content.get(), infoHash, pieces, slots);
            return record.isPresent()
                    ? new Recalled.Found(record.get())
                    : new Recalled.Unusable(path, "it is torn, or not a record of this torrent");
        } catch (IOException e) {
            return new Recalled.Unusable(path, Diagnosis.of(path, e).describe());
        }
    }

    /** To be called before a file is written. */
    void invalidate() throws DiskException {
        if (file.isPresent() && mayBeThere) {
            try {
                store.delete(file.get());
            } catch (IOException e) {
                throw new DiskException(Diagnosis.of(file.get(), e));
            }
            mayBeThere = false;
        }
    }

    /** Writes a new record, whole or not at all. */
    void write(ResumeRecord record) throws DiskException {
        if (directory.isPresent() && file.isPresent()) {
            Path path = file.get();
            try {
                mayBeThere = true;
                store.makeDirectory(directory.get());
                store.replace(path, record.encode());
            } catch (IOException e) {
                throw new DiskException(Diagnosis.of(path, e));
            }
        }
    }

    /** Whether records are kept at all. */
    boolean isKept() {
        return file.isPresent();
    }
}
