package ahti.disk;

import ahti.core.Bitfield;
import ahti.core.InfoHash;
import ahti.core.PieceSet;
import ahti.disk.FileStore.Access;
import ahti.disk.FileStore.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the journal of one torrent, {@code <state>/<info hash>.resume}: a {@link ResumeRecord}, replaced as a whole and forced,
 * and behind it a {@link JournalEntry} for each few pieces stored since, which is only written.
 *
 * <p>It vouches for a piece only while each of its files has the size and the times that stand here last. So nothing has to be
 * taken back before a file is written: a write that the journal does not know of makes the file another one.
 */
final class ResumeJournal {
    /** Bytes of all entries behind a record, at most: what would go beyond is left out, until the next record. */
    private static final int MOST_ENTRIES = 8 * 1024 * 1024;

    private final FileStore store;
    private final InfoHash infoHash;
    private final Optional<Path> directory;
    private final Optional<FilePlace> place;
    private Optional<OpenFile> file = Optional.empty();
    /** Whether entries go behind a record of this run. */
    private boolean isBegun;

    private long mark;
    /** Where the next entry goes, and where none fits any more. */
    private long end;

    private long limit;

    ResumeJournal(FileStore store, Optional<Path> stateDirectory, InfoHash infoHash) {
        this.store = store;
        this.infoHash = infoHash;
        this.directory = stateDirectory.map(Path::toAbsolutePath);
        this.place = directory.map(state -> FilePlace.of(state, List.of(infoHash.hex() + ".resume")));
    }

    /** What came of looking for a journal. */
    sealed interface Recalled {
        /** There is one; what its entries say is part of the record. */
        record Found(ResumeRecord record) implements Recalled {}

        /** There is none. */
        enum None implements Recalled {
            INSTANCE
        }

        /** There is one that cannot be used. */
        record Unusable(Path file, String reason) implements Recalled {}
    }

    /** What an earlier run left. */
    Recalled recall(int pieces, int slots) {
        if (place.isEmpty()) {
            return Recalled.None.INSTANCE;
        }
        Path path = place.get().path();
        int most = (int) Math.min(Integer.MAX_VALUE - 8, ResumeRecord.mostBytes(pieces, slots) + MOST_ENTRIES);
        try {
            Optional<byte[]> content = store.readSmall(path, most);
            if (content.isEmpty()) {
                return store.look(place.get()).isEmpty()
                        ? Recalled.None.INSTANCE
                        : new Recalled.Unusable(path, "it is larger than one of this torrent can be");
            }
            Optional<ResumeRecord> record = read(content.get(), pieces, slots);
            return record.isPresent()
                    ? new Recalled.Found(record.get())
                    : new Recalled.Unusable(path, "it is torn, or not of this torrent, or of another version of Ahti");
        } catch (IOException e) {
            return new Recalled.Unusable(path, Diagnosis.of(path, e).describe());
        }
    }

    private Optional<ResumeRecord> read(byte[] content, int pieces, int slots) {
        ByteBuffer in = ByteBuffer.wrap(content);
        Optional<ResumeRecord> record = ResumeRecord.decode(in, infoHash, pieces, slots);
        if (record.isEmpty()) {
            return record;
        }
        long behind = ResumeRecord.mark(Arrays.copyOf(content, in.position()));
        PieceSet since = record.get().since().toSet();
        Map<Integer, FileState> files = new StatesBySlot(record.get().files());
        for (Optional<JournalEntry> entry = JournalEntry.decode(in, behind, pieces, slots);
                entry.isPresent();
                entry = JournalEntry.decode(in, behind, pieces, slots)) {
            entry.get().pieces().forEach(since::add);
            files.putAll(entry.get().files());
        }
        PieceSet forced = record.get().forced().toSet();
        for (int piece = since.nextSet(0); piece >= 0; piece = since.nextSet(piece + 1)) {
            forced.remove(piece);
        }
        return Optional.of(new ResumeRecord(infoHash, forced.toBitfield(), since.toBitfield(), files));
    }

    /** Begins anew with this record, which is there, whole and forced, when this returns; after a failure the old one is. */
    void begin(Bitfield forced, Bitfield since, Map<Integer, FileState> files) throws DiskException {
        if (directory.isEmpty() || place.isEmpty()) {
            return;
        }
        Path path = place.get().path();
        byte[] record = new ResumeRecord(infoHash, forced, since, files).encode();
        try {
            store.makeDirectory(directory.get());
            store.replace(path, record);
        } catch (IOException e) {
            throw new DiskException(Diagnosis.of(path, e));
        }
        close();
        isBegun = true;
        mark = ResumeRecord.mark(record);
        end = record.length;
        limit = end + MOST_ENTRIES;
    }

    /** Whether entries can be added. */
    boolean isBegun() {
        return isBegun;
    }

    /**
     * Adds what was stored since. When that fails nothing is added until the next record: the next run will see that the files
     * are others, and check them.
     */
    void add(JournalEntry entry) throws DiskException {
        if (!isBegun || place.isEmpty()) {
            return;
        }
        byte[] bytes = entry.encode(mark);
        if (end + bytes.length > limit) {
            close();
            return;
        }
        try {
            if (file.isEmpty()) {
                file = Optional.of(store.open(place.get(), Access.WRITE));
            }
            file.get().write(end, List.of(ByteBuffer.wrap(bytes)));
            end += bytes.length;
        } catch (IOException e) {
            close();
            throw new DiskException(Diagnosis.of(place.get().path(), e));
        }
    }

    /** Takes everything away. */
    void forget() throws DiskException {
        close();
        if (place.isPresent()) {
            try {
                store.delete(place.get().path());
            } catch (IOException e) {
                throw new DiskException(Diagnosis.of(place.get().path(), e));
            }
        }
    }

    /** Nothing is added any more before the next record. */
    void close() {
        isBegun = false;
        file.ifPresent(open -> {
            try {
                open.close();
            } catch (IOException e) {
                return; // what could not be written was told when it was written
            }
        });
        file = Optional.empty();
    }
}
