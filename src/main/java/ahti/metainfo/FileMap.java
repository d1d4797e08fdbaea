package ahti.metainfo;

import ahti.core.Bitfield;
import ahti.core.PieceLayout;
import ahti.core.PieceSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/** Where a torrent's bytes lie in its files, and which pieces its files touch. */
public final class FileMap {
    private final PieceLayout layout;
    private final FileTable files;

    /** The map of one torrent. */
    public FileMap(Metainfo metainfo) {
        this.layout = metainfo.layout();
        this.files = FileTable.of(metainfo.files());
    }

    /**
     * The parts of files that a run of the torrent's bytes covers, in order; padding is among them, files of no bytes are
     * not.
     *
     * @throws IndexOutOfBoundsException when the run is not inside the torrent
     */
    public List<FileSlice> slices(long offset, long length) {
        Objects.checkFromIndexSize(offset, length, layout.totalLength());
        List<FileSlice> slices = new ArrayList<>();
        long end = offset + length;
        long at = offset;
        for (int file = firstEndingAfter(offset); at < end; file++) {
            long until = Math.min(end, files.end(file));
            if (until > at) {
                slices.add(new FileSlice(file, at - files.begin(file), until - at));
                at = until;
            }
        }
        return slices;
    }

    /** Whether a file is padding (BEP 47). */
    public boolean isPad(int file) {
        return files.isPad(file);
    }

    /** Where a file begins in the torrent. */
    public long begin(int file) {
        return files.begin(file);
    }

    /** Behind the last byte of a file in the torrent. */
    public long end(int file) {
        return files.end(file);
    }

    private long length(int file) {
        return end(file) - begin(file);
    }

    /** The first piece that holds bytes of a file; of a file of no bytes, the piece where it would begin. */
    public int firstPiece(int file) {
        return (int) (files.begin(file) / layout.pieceLength());
    }

    /** The last piece that holds bytes of a file; of a file of no bytes, one less than the first. */
    public int lastPiece(int file) {
        return length(file) == 0 ? firstPiece(file) - 1 : (int) ((files.end(file) - 1) / layout.pieceLength());
    }

    /**
     * The pieces that must be fetched to have the wanted files. Padding wanted by itself counts for nothing.
     *
     * @throws IndexOutOfBoundsException when the selection names a file that is not there
     */
    public Bitfield wanted(FileSelection selection) {
        check(selection);
        return selection.isWhole() ? Bitfield.all(layout.pieces()) : pieces(selection::isWanted);
    }

    /**
     * The wanted pieces in the order in which they should come: sets of pieces, the most urgent first. A piece that belongs to
     * several is as urgent as the first; a wanted piece that belongs to none comes last. A piece is as urgent as the most
     * urgent of its files.
     *
     * @param edges so many bytes at the beginning and at the end of every wanted file go before all others; 0 for none
     * @throws IndexOutOfBoundsException when the selection names a file that is not there
     */
    public List<Bitfield> tiers(FileSelection selection, long edges) {
        check(selection);
        List<Bitfield> tiers = new ArrayList<>();
        if (edges > 0) {
            tiers.add(edges(selection, edges));
        }
        boolean someAreHigh = isIn(selection, FilePriority.HIGH);
        boolean someAreLow = isIn(selection, FilePriority.LOW);
        if (someAreHigh) {
            tiers.add(pieces(file -> selection.priority(file) == FilePriority.HIGH));
        }
        if (someAreLow) {
            tiers.add(pieces(file -> selection.priority(file) == FilePriority.NORMAL));
        }
        return tiers;
    }

    private static boolean isIn(FileSelection selection, FilePriority priority) {
        return selection.others() == priority || selection.named().containsValue(priority);
    }

    private Bitfield edges(FileSelection selection, long bytes) {
        PieceSet edges = new PieceSet(layout.pieces());
        for (int file = 0; file < files.size(); file++) {
            if (selection.isWanted(file) && !isPad(file) && length(file) > 0) {
                long most = Math.min(bytes, length(file));
                add(edges, begin(file), begin(file) + most);
                add(edges, end(file) - most, end(file));
            }
        }
        return edges.toBitfield();
    }

    private void add(PieceSet pieces, long from, long to) {
        for (int piece = (int) (from / layout.pieceLength()); piece <= (to - 1) / layout.pieceLength(); piece++) {
            pieces.add(piece);
        }
    }

    private Bitfield pieces(IntPredicate which) {
        PieceSet pieces = new PieceSet(layout.pieces());
        for (int file = 0; file < files.size(); file++) {
            if (which.test(file) && !isPad(file) && length(file) > 0) {
                add(pieces, begin(file), end(file));
            }
        }
        return pieces.toBitfield();
    }

    /**
     * Bytes of the wanted files, padding left out.
     *
     * @throws IndexOutOfBoundsException when the selection names a file that is not there
     */
    public long wantedBytes(FileSelection selection) {
        check(selection);
        long bytes = 0;
        for (int file = 0; file < files.size(); file++) {
            bytes += selection.isWanted(file) && !isPad(file) ? length(file) : 0;
        }
        return bytes;
    }

    private void check(FileSelection selection) {
        OptionalInt none = selection.notAmong(files.size());
        if (none.isPresent()) {
            throw new IndexOutOfBoundsException("file " + none.getAsInt() + " of " + files.size());
        }
    }

    /** The first file with a byte at or after {@code offset}; the number of files when there is none. */
    private int firstEndingAfter(long offset) {
        int low = 0;
        int high = files.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (files.end(middle) > offset) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
