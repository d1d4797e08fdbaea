package ahti.picker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When every block is asked for, peers with nothing to do are asked for what slow ones owe.
 *
 * <p>It holds while no missing block that some connected peer has is free, and ends by itself when one appears. Doubles are bounded twice:
 * so many peers owe one block at most, and so many copies are asked of one peer at a time. Only who delivers may be asked
 * where all the others hardly do: a few peers that take requests and never answer would hold the last blocks for long.
 */
final class Endgame {
    /** Copies that one peer owes at most: as many bytes of its connection are wasted when all of them lose. */
    static final int COPIES_PER_PEER = 8;

    /** Who has delivered more than so many times as much as each owner of a block may be asked for it beyond their number. */
    private static final int BETTER = 4;

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
            if (piece.sole() == null && swarm.copies(piece.index()) > 0) {
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
        return peer.delivered() == 0 ? null : heldBack(peer);
    }

    /** A block whose owners are as many as there may be, and each hardly delivers beside this peer; or null. */
    private @Nullable OpenBlock heldBack(PickerPeer peer) {
        for (PickerPeer holder : slowestFirst()) {
            for (OpenBlock block : isBetter(peer, holder) ? holder.owed() : List.<OpenBlock>of()) {
                if (block.owners().size() < 2 * ownersPerBlock
                        && block.piece().isOpenTo(peer)
                        && peer.has().contains(block.ref().piece())
                        && block.owners().stream().allMatch(owner -> isBetter(peer, owner))) {
                    return block;
                }
            }
        }
        return null;
    }

    private static boolean isBetter(PickerPeer peer, PickerPeer owner) {
        return peer != owner && owner.delivered() * BETTER < peer.delivered();
    }

    private static @Nullable OpenBlock lastAsked(PickerPeer owner, int owners, PickerPeer peer) {
        OpenBlock last = null;
        for (OpenBlock block : owner.owed()) {
            if (block.owners().size() == owners
                    && block.piece().isOpenTo(peer)
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
