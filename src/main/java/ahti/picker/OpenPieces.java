package ahti.picker;

import ahti.core.BlockRef;
import ahti.core.ConnectionId;
import ahti.core.PieceLayout;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The pieces in memory, and who owes which block of them.
 *
 * <p>A piece is open while blocks are missing, then filled until it is stored or fetched anew. The lengths of both together stay within the
 * budget, but for a first piece, which always fits. A peer owes a block exactly when the block lists it as an owner.
 */
final class OpenPieces {
    private final PieceLayout layout;
    private final long budget;
    /** In the order of opening. */
    private final Map<Integer, OpenPiece> open = new LinkedHashMap<>();
    /** Those of {@link #open} that have a free block. */
    private final Map<Integer, OpenPiece> withFree = new LinkedHashMap<>();

    private final TreeSet<Integer> filled = new TreeSet<>();
    private long bytes;
    private long opened;
    private long asked;

    OpenPieces(PieceLayout layout, long budget) {
        this.layout = layout;
        this.budget = budget;
    }

    /** Whether one more piece fits into the budget. Counts a short last piece as a long one. */
    boolean hasRoom() {
        return bytes == 0 || bytes + layout.pieceLength() <= budget;
    }

    /** Lengths of the pieces in memory. */
    long bytes() {
        return bytes;
    }

    /** What the budget is spent on. */
    PiecePicker.Memory memory() {
        return new PiecePicker.Memory(open.size(), filled.size(), bytes, budget, !hasRoom());
    }

    /** How many pieces are open or filled. */
    int count() {
        return open.size() + filled.size();
    }

    boolean contains(int piece) {
        return open.containsKey(piece) || filled.contains(piece);
    }

    Collection<OpenPiece> open() {
        return open.values();
    }

    Collection<OpenPiece> withFree() {
        return withFree.values();
    }

    @Nullable
    OpenPiece get(int piece) {
        return open.get(piece);
    }

    /** The block of an open piece, or null when the piece is not open. */
    @Nullable
    OpenBlock block(BlockRef ref) {
        OpenPiece piece = open.get(ref.piece());
        return piece != null && layout.isBlock(ref) ? piece.block(layout.blockIndex(ref.offset())) : null;
    }

    /**
     * A piece comes into memory.
     *
     * @param keeper the fast peer that fetches it for itself, as long as others find something else
     * @param sole the only peer that may send it
     */
    OpenPiece open(int index, @Nullable PickerPeer keeper, @Nullable PickerPeer sole) {
        OpenPiece piece = new OpenPiece(layout, index, opened++, keeper, sole);
        open.put(index, piece);
        withFree.put(index, piece);
        bytes += piece.length();
        return piece;
    }

    void ask(OpenBlock block, PickerPeer peer) {
        boolean copy = block.isInFlight();
        countAlone(block, -1);
        block.piece().ask(block, peer);
        countAlone(block, 1);
        block.asked(asked++);
        peer.owe(block, copy);
        noteFree(block.piece());
    }

    void giveBack(OpenBlock block, PickerPeer peer) {
        peer.owesNoMore(block);
        countAlone(block, -1);
        block.piece().giveBack(block, peer);
        countAlone(block, 1);
        noteFree(block.piece());
    }

    /** A missing block is here, whoever owed it. Returns the others that owed it and need not send it any more. */
    List<PickerPeer> arrive(OpenBlock block, PickerPeer from, ByteString data) {
        List<PickerPeer> losers = new ArrayList<>(0);
        countAlone(block, -1);
        for (PickerPeer owner : block.owners()) {
            owner.owesNoMore(block);
            if (owner != from) {
                losers.add(owner);
            }
        }
        OpenPiece piece = block.piece();
        piece.arrive(block, from, data);
        from.hasDelivered();
        noteFree(piece);
        if (piece.isFilled()) {
            open.remove(piece.index());
            filled.add(piece.index());
        }
        return losers;
    }

    /** Frees the memory of a filled piece; false when it is not filled. */
    boolean release(int piece) {
        if (!filled.remove(piece)) {
            return false;
        }
        bytes -= layout.length(piece);
        return true;
    }

    /** Throws away an open piece; whoever owes a block of it owes it no more, and is named. */
    void drop(OpenPiece piece, BiConsumer<PickerPeer, BlockRef> released) {
        for (int i = 0; i < piece.blocks(); i++) {
            OpenBlock block = piece.block(i);
            countAlone(block, -1);
            for (PickerPeer owner : block.owners()) {
                owner.owesNoMore(block);
                released.accept(owner, block.ref());
            }
        }
        open.remove(piece.index());
        withFree.remove(piece.index());
        piece.close();
        bytes -= piece.length();
    }

    /** Throws away what a peer sent of the open pieces. */
    void disown(ConnectionId sender) {
        for (OpenPiece piece : open.values()) {
            if (piece.disown(sender)) {
                noteFree(piece);
            }
        }
    }

    Map<BlockRef, List<ConnectionId>> ledger() {
        Map<BlockRef, List<ConnectionId>> ledger = new LinkedHashMap<>();
        for (OpenPiece piece : open.values()) {
            for (int i = 0; i < piece.blocks(); i++) {
                if (piece.block(i).isInFlight()) {
                    ledger.put(
                            piece.block(i).ref(),
                            piece.block(i).owners().stream().map(PickerPeer::id).toList());
                }
            }
        }
        return Collections.unmodifiableMap(ledger);
    }

    private static void countAlone(OpenBlock block, int by) {
        if (block.owners().size() == 1) {
            block.owners().get(0).countAlone(by);
        }
    }

    private void noteFree(OpenPiece piece) {
        if (!piece.hasFree()) {
            withFree.remove(piece.index());
        } else {
            withFree.putIfAbsent(piece.index(), piece);
        }
    }
}
