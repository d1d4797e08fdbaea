package ahti.testkit.record.payload;

import ahti.core.PieceHashes;
import ahti.core.PieceLayout;
import ahti.hash.PieceDigest;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Follows the reads of a check: whole pieces, read from front to end. Those of a piece that does not match are wrong. All other
 * reads serve peers, and what is sent to them changes no decision.
 */
final class LoadCheck {
    private final PieceLayout layout;
    private final PieceHashes hashes;
    private final DataMap map;
    private final LongConsumer wrong;
    private final MessageDigest sha1 = PieceDigest.newSha1();
    private final List<Long> reads = new ArrayList<>();
    /** Where the next byte of the piece is; -1 while none is being followed. */
    private long at = -1;

    private long end;

    LoadCheck(PieceLayout layout, PieceHashes hashes, DataMap map, LongConsumer wrong) {
        this.layout = layout;
        this.hashes = hashes;
        this.map = map;
        this.wrong = wrong;
    }

    void read(long number, long offset, ByteBuffer bytes) {
        if (at < 0 || offset != map.skipPads(at)) {
            begin(offset);
        }
        if (at < 0 || offset + bytes.remaining() > end) {
            at = -1;
            return;
        }
        zerosUntil(offset);
        reads.add(number);
        at += bytes.remaining();
        sha1.update(bytes);
        if (map.skipPads(at) >= end) {
            zerosUntil(end);
            int piece = (int) ((end - 1) / layout.pieceLength());
            if (!hashes.get(piece).matches(sha1.digest())) {
                reads.forEach(wrong::accept);
            }
            at = -1;
        }
    }

    private void begin(long offset) {
        long start = offset - offset % layout.pieceLength();
        at = map.skipPads(start) == offset ? start : -1;
        end = Math.min(start + layout.pieceLength(), layout.totalLength());
        sha1.reset();
        reads.clear();
    }

    private void zerosUntil(long place) {
        for (; at < place; at++) {
            sha1.update((byte) 0);
        }
    }
}
