package ahti.disk;

import ahti.core.BlockRef;
import ahti.disk.ByteMap.Run;
import ahti.metainfo.Metainfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Notices files that somebody else writes while they are served. Before it is read a file is looked at, once in a while; of one
 * that is not as we left it a piece is read only after it was hashed.
 *
 * <p>A file that is gone is left to the read, which fails; one whose time of modification was set back, to the next run.
 */
final class Vigil {
    private final FileStore store;
    private final Metainfo metainfo;
    private final Logbook book;
    /** Slots that were looked at not long ago. */
    private final BitSet seen = new BitSet();
    /** Slots that somebody wrote, as they were when that was noticed last. */
    private final Map<Integer, FileState> doubtful = new TreeMap<>();
    /** Pieces in such slots that were right since. */
    private final BitSet right = new BitSet();
    /** What pieces are read into to be hashed; made when there is something to hash. */
    private ByteBuffer portion = ByteBuffer.allocate(0);

    Vigil(FileStore store, Metainfo metainfo, Logbook book) {
        this.store = store;
        this.metainfo = metainfo;
        this.book = book;
    }

    /** From now on every file is looked at again. */
    void lookAgain() {
        seen.clear();
    }

    /** Whether nothing was looked at since {@link #lookAgain}. */
    boolean rests() {
        return seen.isEmpty();
    }

    /** A file that somebody changed, so that one of these blocks is in a piece that is not right any more. */
    Optional<DiskProblem> changed(List<BlockRef> blocks, FileLayout layout) throws DiskException {
        for (BlockRef block : blocks) {
            for (Run run : layout.runs(metainfo.layout().offset(block.piece()) + block.offset(), block.length())) {
                if (run.slot() != ByteMap.ZEROS && isDoubtful(run.slot(), layout) && !isRight(block.piece(), layout)) {
                    return Optional.of(
                            new DiskProblem.Changed(layout.place(run.slot()).path()));
                }
            }
        }
        return Optional.empty();
    }

    /** To be called before a piece is written: afterwards nobody could tell who wrote. */
    void beforeWrite(int piece, FileLayout layout, PieceFiles files) {
        for (Run run :
                layout.runs(metainfo.layout().offset(piece), metainfo.layout().length(piece))) {
            if (run.slot() != ByteMap.ZEROS && !files.isTouched(run.slot())) {
                look(run.slot(), layout.place(run.slot()));
                if (doubtful.containsKey(run.slot())) {
                    book.share(run.slot());
                }
            }
        }
    }

    private boolean isDoubtful(int slot, FileLayout layout) {
        if (!seen.get(slot)) {
            seen.set(slot);
            look(slot, layout.place(slot));
        }
        return doubtful.containsKey(slot);
    }

    private void look(int slot, FilePlace place) {
        Optional<FileState> left = book.known(slot);
        Optional<FileState> now = left.isEmpty() ? Optional.empty() : state(place);
        if (left.isEmpty() || now.isEmpty() || now.get().isSameAs(left.get(), false)) {
            return;
        }
        FileState before = doubtful.put(slot, now.get());
        if (before == null || !before.isSameAs(now.get(), false)) {
            right.clear();
        }
    }

    /** Nothing where it cannot be looked at: reading it will say why. */
    private Optional<FileState> state(FilePlace place) {
        try {
            return store.look(place);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private boolean isRight(int piece, FileLayout layout) throws DiskException {
        if (!right.get(piece)) {
            if (portion.capacity() == 0) {
                portion = PieceReader.portion();
            }
            Inspection where = new Inspection(store, layout, metainfo.layout(), metainfo.hashes());
            right.set(piece, !where.right(List.of(piece), portion).isEmpty());
        }
        return right.get(piece);
    }
}
