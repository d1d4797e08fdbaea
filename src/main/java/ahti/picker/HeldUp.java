package ahti.picker;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When memory is full, peers with nothing to do are asked for what others owe and do not send.
 *
 * <p>No fresh piece can be begun then, and a few peers that take requests and never answer would hold up all the others until
 * their time is out. Copies are bounded as in {@link Endgame}.
 */
final class HeldUp {
    /** So many of those that stall and owe something are looked at, the ones first that have for longest. */
    private static final int LOOKS = 64;

    private final OpenPieces pieces;
    private final int ownersPerBlock;
    private final Set<PickerPeer> stalled = new LinkedHashSet<>();

    HeldUp(OpenPieces pieces, int ownersPerBlock) {
        this.pieces = pieces;
        this.ownersPerBlock = ownersPerBlock;
    }

    /** A peer owes something and has sent nothing for long. */
    void stalls(PickerPeer peer) {
        stalled.add(peer);
    }

    /** Whether nothing has come from it since it was said to stall. */
    boolean isStalled(PickerPeer peer) {
        return stalled.contains(peer);
    }

    /** It has sent something, or is gone. */
    void stallsNoMore(PickerPeer peer) {
        stalled.remove(peer);
    }

    /**
     * A block that only peers owe which stall, or null: of the one that has for longest, that with the fewest owners. Who has
     * sent nothing yet may stall as well, and gets one for a try; for the others there is a place beside all those that do.
     */
    @Nullable
    OpenBlock copyFor(PickerPeer peer) {
        int copies = peer.delivered() == 0 ? 1 : Endgame.COPIES_PER_PEER;
        if (!isFull() || peer.copies() >= copies || stalled.contains(peer)) {
            return null;
        }
        int looks = LOOKS;
        for (PickerPeer holder : stalled) {
            if (!holder.owed().isEmpty() && looks-- > 0) {
                OpenBlock block = leastAsked(holder, peer);
                if (block != null) {
                    return block;
                }
            }
        }
        return null;
    }

    /** Whether there may be such a block for somebody. */
    boolean hasAny() {
        return isFull() && stalled.stream().anyMatch(holder -> !holder.owed().isEmpty());
    }

    private boolean isFull() {
        return ownersPerBlock > 1 && !stalled.isEmpty() && !pieces.hasRoom();
    }

    private int mostOwners(PickerPeer peer) {
        return peer.delivered() == 0 ? ownersPerBlock : 2 * ownersPerBlock;
    }

    private @Nullable OpenBlock leastAsked(PickerPeer holder, PickerPeer peer) {
        OpenBlock least = null;
        for (OpenBlock block : holder.owed()) {
            int most = least == null ? mostOwners(peer) : least.owners().size();
            if (block.owners().size() < most
                    && block.piece().isOpenTo(peer)
                    && peer.has().contains(block.ref().piece())
                    && stalled.containsAll(block.owners())) {
                least = block;
            }
        }
        return least;
    }
}
