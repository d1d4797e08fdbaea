package ahti.picker;

import ahti.core.BlockRef;
import ahti.core.PieceRange;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Which block of what readers are about to read a peer is asked for next.
 *
 * <p>The most urgent that it has and nobody owes. All peers work on the same pieces here, for a reader waits for the first
 * byte that is missing, whoever sends the others. When memory is full, what is less urgent makes room.
 */
final class UrgentChoice {
    /** A block that its owner needs longer for than this may be asked of another, too. */
    private static final long OVERDUE_SECONDS = 2;

    /** Whoever is asked for an overdue block is so many times as fast as its owner. */
    private static final long FASTER = 2;

    private final Swarm swarm;
    private final OpenPieces pieces;
    private final Urgency urgency;
    private final Doubts doubts;
    private final int ownersPerBlock;
    private final BiConsumer<PickerPeer, BlockRef> released;
    private boolean dropped;

    /**
     * Over a swarm and its pieces in memory.
     *
     * @param released hears who need not send a block any more because its piece made room
     */
    UrgentChoice(
            Swarm swarm,
            OpenPieces pieces,
            Urgency urgency,
            Doubts doubts,
            int ownersPerBlock,
            BiConsumer<PickerPeer, BlockRef> released) {
        this.swarm = swarm;
        this.pieces = pieces;
        this.urgency = urgency;
        this.doubts = doubts;
        this.ownersPerBlock = ownersPerBlock;
        this.released = released;
    }

    /** Whether a piece made room since this was asked last: whoever owed it has nothing to do. */
    boolean hasDropped() {
        boolean answer = dropped;
        dropped = false;
        return answer;
    }

    /** The next free block, or null. A piece that the peer failed to send is left to others that have it. */
    @Nullable
    OpenBlock free(PickerPeer peer) {
        return free(peer, false);
    }

    /** The next free block, or null; also of a piece that the peer failed to send before. */
    @Nullable
    OpenBlock anyFree(PickerPeer peer) {
        return free(peer, true);
    }

    private @Nullable OpenBlock free(PickerPeer peer, boolean alsoFailed) {
        boolean mayOpen = true;
        for (int rank = 0; rank < urgency.count(); rank++) {
            int index = urgency.piece(rank);
            if (!swarm.isMissing(index) || !peer.has().contains(index)) {
                continue;
            }
            OpenPiece piece = pieces.get(index);
            if (piece == null && mayOpen && !pieces.contains(index) && doubts.mayTry(index, peer)) {
                piece = open(index, rank, peer);
                // Those that follow are less urgent: nothing would make room for them.
                mayOpen = piece != null;
            } else if (piece != null && !piece.isOpenTo(peer)) {
                piece = doubts.takeOver(piece, peer);
            }
            if (piece != null && piece.hasFree() && (alsoFailed || !isForOthers(piece, peer))) {
                return piece.firstFree();
            }
        }
        return null;
    }

    private boolean isForOthers(OpenPiece piece, PickerPeer peer) {
        return piece.wasFailedBy(peer) && swarm.copies(piece.index()) > 1;
    }

    private @Nullable OpenPiece open(int index, int rank, PickerPeer peer) {
        while (!pieces.hasRoom()) {
            OpenPiece victim = victimFor(rank);
            if (victim == null) {
                return null;
            }
            pieces.drop(victim, released);
            swarm.setFresh(victim.index(), true);
            dropped = true;
        }
        swarm.setFresh(index, false);
        return pieces.open(index, null, doubts.soleSender(index, peer));
    }

    /** The least urgent piece in memory, of these the one with the fewest blocks; null when none may make room. */
    private @Nullable OpenPiece victimFor(int rank) {
        OpenPiece victim = null;
        int leastUrgent = -1;
        for (OpenPiece piece : pieces.open()) {
            int itsRank = urgency.rank(piece.index());
            boolean isLess =
                    itsRank > leastUrgent || (itsRank == leastUrgent && victim != null && piece.here() < victim.here());
            if (isLess && (itsRank > rank || swarm.isStuck(piece))) {
                victim = piece;
                leastUrgent = itsRank;
            }
        }
        return victim;
    }

    /**
     * A block that a reader waits for and that its owners will not send soon, or null. By the rules of {@link Endgame}: so
     * many peers owe one block at most, so many copies are asked of one peer, and only when no block of the piece is free.
     */
    @Nullable
    OpenBlock overdue(PickerPeer peer) {
        if (peer.copies() >= Endgame.COPIES_PER_PEER) {
            return null;
        }
        OpenBlock best = null;
        for (PieceRange window : urgency.windows()) {
            OpenPiece head = head(window);
            if (head != null && head.isOpenTo(peer) && peer.has().contains(head.index()) && !head.hasFree()) {
                for (int i = 0; i < head.blocks(); i++) {
                    OpenBlock block = head.block(i);
                    if (isOverdue(block, peer) && (best == null || block.asked() > best.asked())) {
                        best = block;
                    }
                }
            }
        }
        return best;
    }

    /** The first piece of a window that has not all its blocks, when it is in memory. */
    private @Nullable OpenPiece head(PieceRange window) {
        for (int index = window.first(); index < window.end(); index++) {
            boolean filled = pieces.contains(index) && pieces.get(index) == null;
            if (swarm.isMissing(index) && !filled) {
                return pieces.get(index);
            }
        }
        return null;
    }

    private boolean isOverdue(OpenBlock block, PickerPeer peer) {
        return block.isInFlight()
                && block.owners().size() < ownersPerBlock
                && block.owners().stream().allMatch(owner -> owner != peer && isTooSlow(owner, peer));
    }

    private static boolean isTooSlow(PickerPeer owner, PickerPeer peer) {
        // A peer that has sent nothing yet counts as slow, not as dead.
        long rate = Math.max(1, owner.blocksPerSecond());
        long owes = owner.owed().size();
        long wouldOwe = peer.owed().size() + 1L;
        return owes > OVERDUE_SECONDS * rate && owes * peer.blocksPerSecond() > FASTER * wouldOwe * rate;
    }
}
