package ahti.metainfo;

import ahti.core.Bitfield;
import ahti.core.PieceLayout;
import ahti.core.PieceSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Where a torrent's bytes lie in its files, and which pieces its files touch. */
public final class FileMap {
    private final PieceLayout layout;
    private final List<FileEntry> files;

    /** The map of one torrent. */
    public FileMap(Metainfo metainfo) {
        this.layout = metainfo.layout();
        this.files = metainfo.files();
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
            FileEntry entry = files.get(file);
            long until = Math.min(end, entry.end());
            if (until > at) {
                slices.add(new FileSlice(file, at - entry.offset(), until - at));
                at = until;
            }
        }
        return slices;
    }

    /** The first piece that holds bytes of a file; of a file of no bytes, the piece where it would begin. */
    public int firstPiece(int file) {
        return (int) (files.get(file).offset() / layout.pieceLength());
    }

    /** The last piece that holds bytes of a file; of a file of no bytes, one less than the first. */
    public int lastPiece(int file) {
        FileEntry entry = files.get(file);
        return entry.length() == 0 ? firstPiece(file) - 1 : (int) ((entry.end() - 1) / layout.pieceLength());
    }

    /**
     * The pieces that must be fetched to have these files.
     *
     * @param chosen indexes of files; empty means all; padding chosen by itself counts for nothing
     * @throws IndexOutOfBoundsException when there is no such file
     */
    public Bitfield wanted(Set<Integer> chosen) {
        if (chosen.isEmpty()) {
            return Bitfield.all(layout.pieces());
        }
        PieceSet wanted = new PieceSet(layout.pieces());
        for (int file : chosen) {
            if (!files.get(file).isPad()) {
                for (int piece = firstPiece(file); piece <= lastPiece(file); piece++) {
                    wanted.add(piece);
                }
            }
        }
        return wanted.toBitfield();
    }

    /**
     * Bytes of these files, padding left out.
     *
     * @param chosen indexes of files; empty means all
     * @throws IndexOutOfBoundsException when there is no such file
     */
    public long wantedBytes(Set<Integer> chosen) {
        return (chosen.isEmpty() ? files.stream() : chosen.stream().map(files::get))
                .filter(file -> !file.isPad())
                .mapToLong(FileEntry::length)
                .sum();
    }

    /** The first file with a byte at or after {@code offset}; the number of files when there is none. */
    private int firstEndingAfter(long offset) {
        int low = 0;
        int high = files.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (files.get(middle).end() > offset) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
