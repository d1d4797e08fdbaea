package ahti.disk;

import ahti.core.PieceHashes;
import ahti.core.PieceLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Where the pieces of a torrent lie and what they should hash to: all that is needed to check them without their disk writer. */
final class Inspection {
    private final FileStore store;
    private final FileLayout layout;
    private final PieceLayout pieces;
    private final PieceHashes hashes;

    Inspection(FileStore store, FileLayout layout, PieceLayout pieces, PieceHashes hashes) {
        this.store = store;
        this.layout = layout;
        this.pieces = pieces;
        this.hashes = hashes;
    }

    /**
     * Which of these pieces are there and right. Blocks; {@code portion} is what is read into.
     *
     * @throws DiskException also when a file is gone: it was there when they were thought to be, and with it goes more than a
     *     piece
     */
    List<Integer> right(List<Integer> some, ByteBuffer portion) throws DiskException {
        List<Integer> right = new ArrayList<>(some.size());
        try (PieceReader reader = new PieceReader(store, layout, pieces, portion)) {
            for (int piece : some) {
                PieceReader.Sum sum = reader.sum(piece);
                if (sum instanceof PieceReader.Sum.Lacking lacking && lacking.isGone()) {
                    throw new DiskException(Diagnosis.gone(lacking.place().path()));
                }
                if (sum instanceof PieceReader.Sum.Whole whole
                        && hashes.get(piece).matches(whole.sha1())) {
                    right.add(piece);
                }
            }
        } catch (IOException e) {
            throw new DiskException(Diagnosis.of(layout.place(layout.partSlot()).path(), e));
        }
        return right;
    }
}
