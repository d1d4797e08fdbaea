package ahti.disk;

import ahti.config.DiskConfig;
import ahti.core.Bitfield;
import ahti.core.BlockRef;
import ahti.core.PieceLayout;
import ahti.disk.ByteMap.Run;
import ahti.metainfo.FileMap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/**
 * The pieces of one torrent in its files.
 *
 * <p>Blocking and not for several threads. After a fault the file in question is opened anew for the next request.
 */
final class PieceFiles {
    /** Bytes read at once, at most: less than half of the smallest region of G1, so that no array is a humongous one. */
    private static final int READ_AT_ONCE = 256 * 1024;

    /** Less than this is no room: what file systems keep back for themselves. */
    private static final int FULL = 64 * 1024;

    private final FileStore store;
    private final PieceLayout pieces;
    private final FileLayout layout;
    private final FilePool pool;
    /** Slots written, or read to vouch for what another run wrote, and not forced since. */
    private BitSet unforced = new BitSet();
    /** Slots written since somebody asked, whether it went well or not. */
    private BitSet touched = new BitSet();

    PieceFiles(PieceLayout pieces, FileLayout layout, FileStore store, DiskConfig config) {
        this(pieces, layout, store, config, () -> {});
    }

    /** Looks before it begins to write a file: between two writes, the disk that was there may have gone. */
    PieceFiles(PieceLayout pieces, FileLayout layout, FileStore store, DiskConfig config, FilePool.Ground ground) {
        this.store = store;
        this.pieces = pieces;
        this.layout = layout;
        this.pool = new FilePool(store, layout, config, ground);
    }

    /** Writes a whole piece; the blocks are in order. */
    void store(int piece, List<ByteString> blocks) throws DiskException {
        int length = blocks.stream().mapToInt(ByteString::length).sum();
        if (length != pieces.length(piece)) {
            throw new IllegalArgumentException("piece " + piece + " with " + length + " bytes");
        }
        PieceBuffers buffers = new PieceBuffers(blocks);
        for (Run run : layout.runs(pieces.offset(piece), length)) {
            List<ByteBuffer> bytes = buffers.take(run.length());
            if (run.slot() != ByteMap.ZEROS) {
                write(run, bytes);
            }
        }
    }

    private void write(Run run, List<ByteBuffer> bytes) throws DiskException {
        try {
            unforced.set(run.slot());
            touched.set(run.slot());
            pool.toWrite(run.slot()).write(run.offset(), bytes);
        } catch (IOException e) {
            DiskException failed = failed(run.slot(), e);
            if (failed.problem() instanceof DiskProblem.Faulty fault && isFull(layout.place(run.slot()))) {
                throw new DiskException(new DiskProblem.Full(fault.path()));
            }
            throw failed;
        }
    }

    /** Asked when a write fails with words that mean nothing to us: the system says it in the user's language. */
    private boolean isFull(FilePlace place) {
        try {
            return store.usableSpace(place.base()) < FULL;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * What is there of a piece is looked at, and perhaps vouched for. A run that was killed wrote it perhaps, and nobody has forced
     * it: {@link #force} does.
     */
    void looksAt(int piece) {
        layout.runs(pieces.offset(piece), pieces.length(piece)).stream()
                .filter(run -> run.slot() != ByteMap.ZEROS)
                .forEach(run -> unforced.set(run.slot()));
    }

    /** Blocks that are stored, in the order asked; such as lie next to each other are read together. */
    List<ByteString> read(List<BlockRef> blocks) throws DiskException {
        List<ByteString> found = new ArrayList<>(blocks.size());
        int from = 0;
        while (from < blocks.size()) {
            int to = endOfRow(blocks, from);
            readRow(blocks.subList(from, to), found);
            from = to;
        }
        return found;
    }

    private static int endOfRow(List<BlockRef> blocks, int from) {
        BlockRef last = blocks.get(from);
        int length = last.length();
        int to = from + 1;
        while (to < blocks.size()) {
            BlockRef next = blocks.get(to);
            length += next.length();
            boolean adjacent = next.piece() == last.piece() && next.offset() == last.offset() + last.length();
            if (!adjacent || length > READ_AT_ONCE) {
                break;
            }
            last = next;
            to++;
        }
        return to;
    }

    private void readRow(List<BlockRef> row, List<ByteString> found) throws DiskException {
        BlockRef first = row.get(0);
        byte[] bytes = new byte[row.stream().mapToInt(BlockRef::length).sum()];
        Optional<FilePlace> tooShort = read(pieces.offset(first.piece()) + first.offset(), bytes);
        if (tooShort.isPresent()) {
            throw new DiskException(new DiskProblem.Faulty(
                    tooShort.get().path(), "it is gone, or shorter than it was when it was written"));
        }
        ByteString all = ByteString.fromArrayUnsafe(bytes);
        for (BlockRef block : row) {
            int from = block.offset() - first.offset();
            found.add(all.slice(from, from + block.length()));
        }
    }

    /** Fills the array from the torrent's byte {@code offset} on; or says which file is missing or too short for it. */
    private Optional<FilePlace> read(long offset, byte[] into) throws DiskException {
        int at = 0;
        for (Run run : layout.runs(offset, into.length)) {
            if (run.slot() != ByteMap.ZEROS && !read(run, ByteBuffer.wrap(into, at, run.length()))) {
                return Optional.of(layout.place(run.slot()));
            }
            at += run.length();
        }
        return Optional.empty();
    }

    private boolean read(Run run, ByteBuffer into) throws DiskException {
        try {
            pool.toRead(run.slot()).read(run.offset(), into);
            return !into.hasRemaining();
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw failed(run.slot(), e);
        }
    }

    /**
     * Copies what stored pieces have of these files to where others expect them.
     *
     * @param stored pieces that are here
     */
    void copy(FileMap map, BitSet files, Bitfield stored, PieceFiles to) throws DiskException {
        for (int file = files.nextSetBit(0); file >= 0; file = files.nextSetBit(file + 1)) {
            long begin = map.begin(file);
            long end = map.end(file);
            for (int piece = map.firstPiece(file); piece <= map.lastPiece(file); piece++) {
                if (stored.get(piece)) {
                    long offset = pieces.offset(piece);
                    copy(Math.max(begin, offset), Math.min(end, offset + pieces.length(piece)), to);
                }
            }
        }
    }

    private void copy(long from, long until, PieceFiles to) throws DiskException {
        for (long at = from; at < until; at += READ_AT_ONCE) {
            byte[] bytes = new byte[(int) Math.min(READ_AT_ONCE, until - at)];
            if (!read(at, bytes).isEmpty()) {
                return; // gone or cut off since: whoever checks it will see
            }
            PieceBuffers buffers = new PieceBuffers(List.of(ByteString.fromArrayUnsafe(bytes)));
            for (Run run : to.layout.runs(at, bytes.length)) {
                to.write(run, buffers.take(run.length()));
            }
        }
    }

    /** Returns when everything stored or loaded is on the device. */
    void force() throws DiskException {
        for (int slot = unforced.nextSetBit(0); slot >= 0; slot = unforced.nextSetBit(slot + 1)) {
            try {
                pool.toRead(slot).force();
            } catch (NoSuchFileException e) {
                // Taken away since: nothing of it can be lost, and the resume record will see that it is gone.
            } catch (IOException e) {
                throw failed(slot, e);
            }
            unforced.clear(slot);
        }
    }

    /** Slots that were written since this was asked last. */
    BitSet takeTouched() {
        BitSet since = touched;
        touched = new BitSet();
        return since;
    }

    /** Whether a slot was written since {@link #takeTouched}. */
    boolean isTouched(int slot) {
        return touched.get(slot);
    }

    /** Slots that {@link #force} would force; it does not any more. For whoever forces them in its own way. */
    BitSet takeUnforced() {
        BitSet some = unforced;
        unforced = new BitSet();
        return some;
    }

    /** They could not be forced: {@link #force} has to try again. */
    void putBackUnforced(BitSet slots) {
        unforced.or(slots);
    }

    /** Closes all files. They are opened again when needed. */
    void close() {
        pool.closeAll();
    }

    private DiskException failed(int slot, IOException e) {
        pool.drop(slot);
        return new DiskException(Diagnosis.of(layout.place(slot).path(), e));
    }
}
