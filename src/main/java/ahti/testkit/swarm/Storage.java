package ahti.testkit.swarm;

import ahti.core.Bitfield;
import ahti.core.PieceLayout;
import ahti.metainfo.FileEntry;
import ahti.testkit.content.Ranges;
import ahti.testkit.content.SimulatedTorrent;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What is in the files of one member, as its disk told: every byte that was written, and that it was the right one. */
final class Storage {
    private final SimulatedTorrent torrent;
    private final Map<Path, FileEntry> files = new TreeMap<>();
    private Ranges written = new Ranges();
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
        if (matchesContent) {
            written.add(file.offset() + offset, file.offset() + offset + length);
        }
        return matchesContent;
    }

    /** These pieces are in the files now, and no others. */
    void reset(Bitfield pieces) {
        PieceLayout layout = torrent.metainfo().layout();
        written = new Ranges();
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

    boolean hasAll() {
        return written.total() == torrent.content().length();
    }

    long writes() {
        return writes;
    }
}
