package ahti.testkit.swarm;

import ahti.core.Bitfield;
import ahti.core.PieceLayout;
import ahti.metainfo.FileEntry;
import ahti.testkit.content.Ranges;
import ahti.testkit.content.SimulatedTorrent;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/** What is in the files of one member, as its disk told: every byte that was written, and that it was the right one. */
final class Storage {
    private final SimulatedTorrent torrent;
    private final Map<Path, FileEntry> files = new TreeMap<>();
    private Ranges written = new Ranges();
    /** Pieces that it may or may not fetch again: a power cut came after they were written, or their files could not be forced. */
    private final BitSet doubted = new BitSet();

    private long writes;

    Storage(SimulatedTorrent torrent, Path directory) {
        this.torrent = torrent;
        for (FileEntry file : torrent.metainfo().files()) {
            if (file.isPad()) {
                written.add(file.offset(), file.offset() + file.length());
            } else {
                files.put(directory.resolve(String.join("/", file.path())), file);
            }
        }
    }

    /** Called by the disk at each write; {@code false} says that something unverified reached a file. */
    boolean onWrite(Path path, long offset, int length, boolean matchesContent) {
        FileEntry file = files.get(path);
        if (file == null) {
            return true;
        }
        writes++;
        doubted.clear(pieceAt(file.offset() + offset), pieceAt(file.offset() + offset + length - 1) + 1);
        if (matchesContent) {
            written.add(file.offset() + offset, file.offset() + offset + length);
        }
        return matchesContent;
    }

    /** Called by the disk when a file could not be forced. */
    void onForceFailed(Path path) {
        FileEntry file = files.get(path);
        if (file != null && file.length() > 0) {
            doubted.set(pieceAt(file.offset()), pieceAt(file.offset() + file.length() - 1) + 1);
        }
    }

    private int pieceAt(long offset) {
        return Math.toIntExact(offset / torrent.metainfo().layout().pieceLength());
    }

    /**
     * These pieces are in the files now, and no others.
     *
     * @param sure whether whoever looks at the files must see that; after a power cut their times may say that they are old
     */
    void reset(Bitfield pieces, boolean sure) {
        PieceLayout layout = torrent.metainfo().layout();
        written = new Ranges();
        // What was doubted stays so: a kill does not make it better.
        doubted.set(0, sure ? 0 : layout.pieces());
        for (FileEntry file : torrent.metainfo().files()) {
            if (file.isPad()) {
                written.add(file.offset(), file.offset() + file.length());
            }
        }
        for (int piece = 0; piece < layout.pieces(); piece++) {
            if (pieces.get(piece)) {
                written.add(layout.offset(piece), layout.offset(piece) + layout.length(piece));
            }
        }
    }

    boolean has(int piece) {
        PieceLayout layout = torrent.metainfo().layout();
        return written.contains(layout.offset(piece), layout.offset(piece) + layout.length(piece));
    }

    /** Whether it has the piece, and nothing went wrong with it since it was written. */
    boolean hasForSure(int piece) {
        return has(piece) && !doubted.get(piece);
    }

    boolean hasAll() {
        return written.total() == torrent.content().length();
    }

    long writes() {
        return writes;
    }
}
