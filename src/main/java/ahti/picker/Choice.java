package ahti.picker;

import ahti.core.BlockRef;
import ahti.core.PieceSelection;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Which block a peer is asked for next.
 *
 * <p>In this order:
 *
 * <ol>
 *   <li>what readers are about to read, and what they wait for ({@link UrgentChoice}); of a torrent that is fetched on demand,
 *       nothing else;
 *   <li>the piece that it works on already;
 *   <li>all of a piece that did not match its hash ({@link Doubts});
 *   <li>pieces in memory, unless it has a fresh one that is much rarer: a slow peer shares any but those that a fast peer
 *       keeps for itself, a fast peer helps only with those that others left;
 *   <li>a fresh piece, if the budget has room: of the most urgent tier that it has one of, the first few of a torrent by lot,
 *       then the rarest, of these one that it suggests, or the first in sequential mode;
 *   <li>any piece in memory;
 *   <li>a fresh piece in the place of one in memory that nobody can finish now;
 *   <li>in endgame, what others owe;
 *   <li>when memory is full, what others owe and do not send.
 * </ol>
 */
final class Choice {
    private enum Sharing {
        LEFT,
        COMMON,
        ANY
    }

    private final Swarm swarm;
    private final OpenPieces pieces;
    private final Endgame endgame;
    private final HeldUp heldUp;
    private final Urgency urgency;
    private final Doubts doubts;
    private final UrgentChoice urgent;
    private final int randomFirst;
    private boolean sequential;
    private boolean onDemand;
    private boolean dropped;
    private Picks.Rule rule = Picks.Rule.GOES_ON;
    /** What {@link #rule} was applied to: a number that its {@link PickReason} carries. */
    private int input;

    /**
     * For peers of a swarm.
     *
     * @param released hears who need not send a block any more because something urgent takes its place in memory
     */
    Choice(
            Swarm swarm,
            OpenPieces pieces,
            Urgency urgency,
            Doubts doubts,
            PiecePicker.Settings settings,
            BiConsumer<PickerPeer, BlockRef> released) {
        this.swarm = swarm;
        this.pieces = pieces;
        this.urgency = urgency;
        this.doubts = doubts;
        this.endgame = new Endgame(swarm, pieces, settings.endgameCopies());
        this.heldUp = new HeldUp(pieces, settings.endgameCopies());
        this.urgent = new UrgentChoice(swarm, pieces, urgency, doubts, settings.endgameCopies(), released);
        this.randomFirst = settings.randomFirst();
    }

    /** In which order, and whether only on demand. */
    void follow(PieceSelection selection) {
        sequential = selection.sequential();
        onDemand = selection.onDemand();
    }

    /** Peers came or went, or deliver faster or slower than before. */
    void ratesChanged() {
        endgame.ratesChanged();
    }

    /** Whether what others owe may be asked for, too. */
    boolean hasCopies() {
        return endgame.holds() || heldUp.hasAny();
    }

    /** Who owes something and has sent nothing for long. */
    HeldUp heldUp() {
        return heldUp;
    }

    /** Whether there may be something for somebody. */
    boolean hasAnything() {
        boolean unurgent = !pieces.withFree().isEmpty()
                || (pieces.hasRoom() && (swarm.rarity().freshAndAvailable() > 0 || doubts.arePending()));
        return !urgency.isEmpty() || (unurgent && !onDemand) || hasCopies();
    }

    /** Whether a piece was thrown away since this was asked last: then there may be room for others, too. */
    boolean hasDropped() {
        boolean answer = urgent.hasDropped() || dropped;
        dropped = false;
        return answer;
    }

    /** Why the block was chosen that {@link #next} returned last. */
    Picks.Rule rule() {
        return rule;
    }

    /** The number that belongs to {@link #rule}. */
    int input() {
        return input;
    }

    /** The next block for a peer that has missing pieces and room in its window, or null; and {@link #rule why}. */
    @Nullable
    OpenBlock next(PickerPeer peer) {
        List<Integer> confinement = peer.confinement();
        if (confinement != null) {
            return ofAllowed(peer, confinement);
        }
        OpenBlock block = urgency.isEmpty() ? null : urgentBlock(peer);
        if (block != null) {
            return block;
        }
        return onDemand ? withNothingElse(peer) : unurgentBlock(peer);
    }

    /** It chokes us, and allows a few pieces: the first of them that we can use. */
    private @Nullable OpenBlock ofAllowed(PickerPeer peer, List<Integer> allowed) {
        decided(Picks.Rule.ALLOWED, 0);
        for (int index : allowed) {
            boolean wanted = !onDemand || urgency.rank(index) < Urgency.NONE;
            if (wanted && peer.has().contains(index)) {
                OpenPiece piece = pieces.get(index);
                if (piece == null && swarm.rarity().fresh().contains(index) && pieces.hasRoom()) {
                    swarm.setFresh(index, false);
                    piece = pieces.open(index, null, doubts.soleSender(index, peer));
                }
                if (piece != null && piece.hasFree() && piece.isOpenTo(peer)) {
                    return piece.firstFree();
                }
            }
        }
        return null;
    }

    private @Nullable OpenBlock urgentBlock(PickerPeer peer) {
        OpenBlock block = urgent.free(peer);
        if (block == null) {
            block = urgent.overdue(peer);
        }
        return block == null && onDemand ? urgent.anyFree(peer) : block;
    }

    private @Nullable OpenBlock unurgentBlock(PickerPeer peer) {
        OpenPiece piece = peer.work();
        decided(Picks.Rule.GOES_ON, 0);
        if (piece == null || !peer.has().contains(piece.index()) || isForOthers(piece, peer)) {
            piece = nextPiece(peer);
            peer.work(piece);
        }
        return piece != null ? piece.firstFree() : withNothingElse(peer);
    }

    private @Nullable OpenBlock withNothingElse(PickerPeer peer) {
        OpenPiece taken = doubts.takeOver(peer);
        if (taken != null) {
            dropped = true;
            peer.work(taken);
            decided(Picks.Rule.HELPS, 0);
            return taken.firstFree();
        }
        OpenBlock block = endgame.copyFor(peer);
        if (block != null) {
            decided(Picks.Rule.ENDGAME, block.owners().size());
            return block;
        }
        block = heldUp.copyFor(peer);
        if (block != null) {
            decided(Picks.Rule.HELD_UP, block.owners().size());
        }
        return block;
    }

    private void decided(Picks.Rule by, int from) {
        rule = by;
        input = from;
    }

    private @Nullable OpenPiece nextPiece(PickerPeer peer) {
        OpenPiece doubted = doubts.next(peer);
        if (doubted != null) {
            decided(Picks.Rule.HELPS, 0);
            return doubted;
        }
        OpenPiece piece = inMemory(peer, peer.isFast() ? Sharing.LEFT : Sharing.COMMON);
        if (piece == null || hasMuchRarer(peer, piece)) {
            OpenPiece fresh = fresh(peer);
            if (fresh != null) {
                return fresh;
            }
        }
        decided(peer.isFast() ? Picks.Rule.LEFT_BEHIND : Picks.Rule.SHARED, 0);
        if (piece == null) {
            decided(Picks.Rule.HELPS, 0);
            piece = inMemory(peer, Sharing.ANY);
        }
        if (piece == null && (swarm.hasFresh(peer) || doubts.hasFor(peer)) && makeRoom()) {
            piece = doubts.next(peer);
            piece = piece == null ? fresh(peer) : piece;
        }
        return piece;
    }

    /**
     * Whether the peer has a fresh piece with half the copies or fewer: what begun pieces lack others can send, but a swarm
     * is as fast as what only one of it has gets around.
     */
    private boolean hasMuchRarer(PickerPeer peer, OpenPiece begun) {
        if (sequential || !swarm.hasFresh(peer) || swarm.stored() + pieces.count() < randomFirst) {
            return false;
        }
        int rarest = swarm.rarity().rarest(peer.has());
        return rarest >= 0 && swarm.copies(rarest) * 2 <= swarm.copies(begun.index());
    }

    /** The oldest that may be shared in this way, or the one with the lowest index. */
    private @Nullable OpenPiece inMemory(PickerPeer peer, Sharing sharing) {
        OpenPiece best = null;
        for (OpenPiece piece : pieces.withFree()) {
            if (peer.has().contains(piece.index())
                    && piece.isOpenTo(peer)
                    && mayShare(piece, peer, sharing)
                    && (best == null || order(piece) < order(best))) {
                best = piece;
            }
        }
        return best;
    }

    private long order(OpenPiece piece) {
        return sequential ? piece.index() : piece.opened();
    }

    private boolean mayShare(OpenPiece piece, PickerPeer peer, Sharing sharing) {
        if (sharing == Sharing.ANY) {
            return true;
        }
        if (isForOthers(piece, peer)) {
            return false;
        }
        return sharing == Sharing.LEFT ? piece.isLeft() : !piece.isKeptFrom(peer);
    }

    /** Whether the peer let us down with this piece while others have it, too: first let them try. */
    private boolean isForOthers(OpenPiece piece, PickerPeer peer) {
        return piece.wasFailedBy(peer) && swarm.copies(piece.index()) > 1;
    }

    private @Nullable OpenPiece fresh(PickerPeer peer) {
        if (!swarm.hasFresh(peer) || !pieces.hasRoom()) {
            return null;
        }
        int index = freshIndex(peer);
        if (index < 0) {
            return null;
        }
        swarm.setFresh(index, false);
        peer.begins(index);
        return pieces.open(index, peer.isFast() ? peer : null, doubts.soleSender(index, peer));
    }

    private int freshIndex(PickerPeer peer) {
        Rarity rarity = swarm.rarity();
        if (sequential) {
            decided(Picks.Rule.IN_ORDER, 0);
            return rarity.first(peer.has());
        }
        int next = peer.nextOfRun();
        if (next >= 0 && rarity.isFirst(next) && peer.has().contains(next)) {
            decided(Picks.Rule.IN_ORDER, 0);
            return next;
        }
        int held = swarm.stored() + pieces.count();
        int suggested = suggested(peer, held < randomFirst);
        if (suggested >= 0) {
            decided(Picks.Rule.SUGGESTED, swarm.copies(suggested));
            return suggested;
        }
        if (held < randomFirst) {
            decided(Picks.Rule.BY_LOT, held);
            return rarity.any(peer.has());
        }
        int rarest = rarity.rarest(peer.has());
        decided(Picks.Rule.RAREST, rarest < 0 ? 0 : swarm.copies(rarest));
        return rarest;
    }

    /** The first piece that the peer suggests and that is as rare as any that it has, if that counts; or -1. */
    private int suggested(PickerPeer peer, boolean anyWillDo) {
        Rarity rarity = swarm.rarity();
        peer.suggestions().removeIf(piece -> !rarity.fresh().contains(piece));
        if (peer.suggestions().isEmpty()) {
            return -1;
        }
        int rarest = anyWillDo ? -1 : rarity.rarest(peer.has());
        for (int piece : peer.suggestions()) {
            boolean isRare = rarest < 0 || swarm.copies(piece) <= swarm.copies(rarest);
            if (isRare && rarity.isFirst(piece) && peer.has().contains(piece)) {
                return piece;
            }
        }
        return -1;
    }

    /** Throws away what nobody can finish now until a piece fits; false when it is no use. */
    private boolean makeRoom() {
        while (!pieces.hasRoom()) {
            OpenPiece least = leastOfTheStuck();
            if (least == null) {
                return false;
            }
            pieces.drop(least, (owner, block) -> {
                throw new IllegalStateException(owner.id() + " owes " + block + " of a piece that is stuck");
            });
            swarm.setFresh(least.index(), true);
            dropped = true;
        }
        return true;
    }

    /** The least urgent piece in memory, then that with the fewest blocks, of those that no peer owes or can be asked for. */
    private @Nullable OpenPiece leastOfTheStuck() {
        OpenPiece least = null;
        for (OpenPiece piece : pieces.withFree()) {
            if (isLess(piece, least) && swarm.isStuck(piece)) {
                least = piece;
            }
        }
        return least;
    }

    private boolean isLess(OpenPiece piece, @Nullable OpenPiece least) {
        if (least == null) {
            return true;
        }
        int urgentFirst = Integer.compare(urgency.rank(piece.index()), urgency.rank(least.index()));
        return urgentFirst > 0 || (urgentFirst == 0 && piece.here() < least.here());
    }
}
