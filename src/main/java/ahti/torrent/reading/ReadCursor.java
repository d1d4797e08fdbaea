package ahti.torrent.reading;

import ahti.core.BlockRef;
import ahti.core.PieceLayout;
import ahti.core.PieceRange;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a reader is in a run of the torrent's bytes: what comes next, and the window of pieces ahead of it. Offsets are
 * from the start of the torrent.
 */
final class ReadCursor {
    private final PieceLayout layout;
    private final long to;
    private final long ahead;
    private final int chunk;
    private long at;

    /**
     * At the first byte.
     *
     * @param to the byte after the last
     * @param ahead bytes of the window, at least 1
     * @param chunk bytes read at once at most, at least 1
     */
    ReadCursor(PieceLayout layout, long from, long to, long ahead, int chunk) {
        if (from < 0 || to < from || to > layout.totalLength() || ahead < 1 || chunk < 1) {
            throw new IllegalArgumentException(
                    from + " to " + to + " of " + layout + ", " + ahead + " ahead, by " + chunk);
        }
        this.layout = layout;
        this.at = from;
        this.to = to;
        this.ahead = ahead;
        this.chunk = chunk;
    }

    boolean isAtEnd() {
        return at == to;
    }

    /** Bytes that are still to be read. */
    long remaining() {
        return to - at;
    }

    /** What to read next: neighbouring runs of one piece, a chunk at most. Not at the end. */
    List<BlockRef> next() {
        int piece = (int) (at / layout.pieceLength());
        int offset = (int) (at - layout.offset(piece));
        int length = (int) Math.min(Math.min(chunk, remaining()), layout.length(piece) - offset);
        List<BlockRef> blocks = new ArrayList<>();
        int end = offset + length;
        while (offset < end) {
            int untilBoundary = BlockRef.MAX_LENGTH - offset % BlockRef.MAX_LENGTH;
            BlockRef block = new BlockRef(piece, offset, Math.min(untilBoundary, end - offset));
            blocks.add(block);
            offset += block.length();
        }
        return List.copyOf(blocks);
    }

    /** So many bytes were read. */
    void advance(long bytes) {
        if (bytes < 1 || bytes > remaining()) {
            throw new IllegalArgumentException(bytes + " of " + remaining() + " bytes");
        }
        at += bytes;
    }

    /** The pieces of the window: whatever holds a byte of it. None at the end. */
    PieceRange window() {
        return layout.covering(at, at + Math.min(ahead, remaining()));
    }
}
