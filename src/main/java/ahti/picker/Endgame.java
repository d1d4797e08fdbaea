package ahti.picker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When every block is asked for, peers with nothing to do are asked for what slow ones owe.
 *
 * <p>It holds while no missing block that some connected peer has is free, and ends by itself when one appears. Doubles are bounded twice:
 * so many peers owe one block at most, and so many copies are asked of one peer at a time.
 */
final class Endgame {
    /** Copies that one peer owes at most: as many bytes of its connection are wasted when all of them lose. */
    static final int COPIES_PER_PEER = 8;

    private final Swarm swarm;
    private final OpenPieces pieces;
    private final int ownersPerBlock;
    /** Sorted when it is needed; null when it must be sorted anew. */
    private @Nullable List<PickerPeer> slowestFirst;

    Endgame(Swarm swarm, OpenPieces pieces, int ownersPerBlock) {
        this.swarm = swarm;
        this.pieces = pieces;
        this.ownersPerBlock = ownersPerBlock;
    }

    /** Whether nothing else than copies can be asked for. */
    boolean holds() {
        if (ownersPerBlock < 2 || pieces.open().isEmpty() || swarm.rarity().freshAndAvailable() > 0) {
            return false;
        }
        for (OpenPiece piece : pieces.withFree()) {
            if (swarm.copies(piece.index()) > 0) {
                return false;
            }
        }
        return true;
    }

    /** Peers came or went, or deliver faster or slower than before. */
    void ratesChanged() {
        slowestFirst = null;
    }

    /**
     * A block that another peer owes, or null: one with the fewest owners, of these one that the slowest peer owes, of these
     * the one asked for last, because it would come last.
     */
    @Nullable
    OpenBlock copyFor(PickerPeer peer) {
        if (peer.copies() >= COPIES_PER_PEER || !holds()) {
            return null;
        }
        for (int owners = 1; owners < ownersPerBlock; owners++) {
            for (PickerPeer owner : slowestFirst()) {
                OpenBlock block = owners == 1 && owner.owesAlone() == 0 ? null : lastAsked(owner, owners, peer);
                if (block != null) {
                    return block;
                }
            }
        }
        return null;
    }

    private static @Nullable OpenBlock lastAsked(PickerPeer owner, int owners, PickerPeer peer) {
        OpenBlock last = null;
        for (OpenBlock block : owner.owed()) {
            if (block.owners().size() == owners
                    && (last == null || block.asked() > last.asked())
                    && peer.has().contains(block.ref().piece())
                    && !block.owners().contains(peer)) {
                last = block;
            }
        }
        return last;
    }

    private List<PickerPeer> slowestFirst() {
        List<PickerPeer> sorted = slowestFirst;
        if (sorted == null) {
            sorted = new ArrayList<>(swarm.peers());
            sorted.sort(Comparator.comparingInt(PickerPeer::blocksPerSecond));
            slowestFirst = sorted;
        }
        return sorted;
    }
}
