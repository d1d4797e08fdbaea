package ahti.torrent;

import ahti.core.Bitfield;
import ahti.core.PieceLayout;
import ahti.core.PieceSelection;
import ahti.core.PieceSet;
import ahti.metainfo.FileMap;
import ahti.metainfo.FileSelection;
import ahti.metainfo.FileSlice;
import ahti.metainfo.Metainfo;

/**
 * How far a torrent is: which pieces are stored, and what of the chosen files that makes.
 *
 * <p>A piece counts when its write has returned, not before. Padding counts nowhere.
 */
final class Progress {
    private final Metainfo metainfo;
    private final FileMap files;
    private final TorrentSpec spec;
    private final long edges;
    private final PieceSet stored;
    private FileSelection chosen;
    private PieceSelection selection;
    private long wantedBytes;
    private int wantedStored;
    private long haveBytes;

    /**
     * Of a torrent of which nothing is stored.
     *
     * @param chosen the wanted files
     * @param edges how much of both ends of a file goes first, when that is wished; bytes
     */
    Progress(TorrentSpec spec, FileSelection chosen, long edges) {
        this.spec = spec;
        this.metainfo = spec.metainfo();
        this.files = new FileMap(metainfo);
        this.edges = spec.edgesFirst() ? edges : 0;
        this.stored = new PieceSet(metainfo.layout().pieces());
        this.chosen = chosen;
        this.selection = selection(chosen);
        this.wantedBytes = files.wantedBytes(chosen);
    }

    private PieceSelection selection(FileSelection files) {
        return new PieceSelection(
                spec.seedOnly() ? Bitfield.none(metainfo.layout().pieces()) : this.files.wanted(files),
                this.files.tiers(files, edges),
                spec.sequential(),
                spec.onDemand());
    }

    /** Other files are wanted from now on. What is stored stays. */
    void choose(FileSelection others) {
        PieceSet before = stored.toBitfield().toSet();
        chosen = others;
        selection = selection(others);
        wantedBytes = files.wantedBytes(others);
        forget();
        for (int piece = before.nextSet(0); piece >= 0; piece = before.nextSet(piece + 1)) {
            store(piece);
        }
    }

    /** The wanted files. */
    FileSelection chosen() {
        return chosen;
    }

    /** Counts a stored piece; false when it was stored already. */
    boolean store(int piece) {
        if (!stored.add(piece)) {
            return false;
        }
        if (selection.wanted().get(piece)) {
            wantedStored++;
        }
        for (FileSlice slice : files.slices(layout().offset(piece), layout().length(piece))) {
            if (chosen.isWanted(slice.file()) && !files.isPad(slice.file())) {
                haveBytes += slice.length();
            }
        }
        return true;
    }

    /** Takes back what turned out not to be there. */
    void forget() {
        for (int piece = stored.nextSet(0); piece >= 0; piece = stored.nextSet(piece + 1)) {
            stored.remove(piece);
        }
        wantedStored = 0;
        haveBytes = 0;
    }

    /** Whether every wanted piece is stored. */
    boolean isFinished() {
        return wantedStored == selection.wanted().count();
    }

    /** Whether every piece is stored, wanted or not: only then are we a seed. */
    boolean isComplete() {
        return stored.isFull();
    }

    PieceLayout layout() {
        return metainfo.layout();
    }

    PieceSelection selection() {
        return selection;
    }

    /** What is stored now. */
    Bitfield stored() {
        return stored.toBitfield();
    }

    boolean isStored(int piece) {
        return stored.contains(piece);
    }

    int storedCount() {
        return stored.count();
    }

    /** Bytes of the chosen files. */
    long wantedBytes() {
        return wantedBytes;
    }

    /** Bytes of the chosen files that are stored. */
    long haveBytes() {
        return haveBytes;
    }

    /** The stored share of each of so many cells of neighbouring pieces, 0 to 1. */
    java.util.List<Double> storedShares(int cells) {
        int pieces = layout().pieces();
        int count = Math.min(cells, pieces);
        java.util.List<Double> shares = new java.util.ArrayList<>(count);
        for (int cell = 0; cell < count; cell++) {
            int from = (int) ((long) cell * pieces / count);
            int to = (int) ((long) (cell + 1) * pieces / count);
            int have = 0;
            for (int piece = from; piece < to; piece++) {
                have += stored.contains(piece) ? 1 : 0;
            }
            shares.add((double) have / (to - from));
        }
        return shares;
    }
}
