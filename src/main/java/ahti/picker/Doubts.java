package ahti.picker;

import ahti.core.BlockRef;
import ahti.core.ConnectionId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Pieces that did not match their hash, so that at least one of their senders lied.
 *
 * <p>Each is asked for as a whole, of one peer at a time. Then what comes is right and shows who lied before, or it is wrong and
 * shows who lies now: every attempt finds somebody out. Mixed again, two who tell the same lies could spoil it for ever. A peer
 * that does not send all of it gives way to the next, and so does a slow one when a better one has nothing else to do; what it
 * sent is thrown away.
 */
final class Doubts {
    /** After so many peers in vain several may send it together again: perhaps none stays long enough to send it all. */
    private static final int MOST_IN_VAIN = 5;

    /** Who has delivered so many times as much as another, and is not slower, is better. */
    private static final int BETTER = 4;

    /** So is who is so many times as fast. */
    private static final int FASTER = 2;

    private final Swarm swarm;
    private final OpenPieces pieces;
    private final BiConsumer<PickerPeer, BlockRef> released;
    private final Map<Integer, Doubt> doubts = new LinkedHashMap<>();

    private static final class Doubt {
        /** How often each peer did not send all of it. */
        final Map<ConnectionId, Integer> failures = new HashMap<>();

        int inVain;

        int failuresOf(PickerPeer peer) {
            return failures.getOrDefault(peer.id(), 0);
        }
    }

    /**
     * Over a swarm and its pieces in memory.
     *
     * @param released hears who need not send a block any more because another peer sends the piece
     */
    Doubts(Swarm swarm, OpenPieces pieces, BiConsumer<PickerPeer, BlockRef> released) {
        this.swarm = swarm;
        this.pieces = pieces;
        this.released = released;
    }

    /** A piece did not match its hash. */
    void add(int piece) {
        doubts.putIfAbsent(piece, new Doubt());
    }

    /** It is stored, or not wanted any more. */
    void forget(int piece) {
        doubts.remove(piece);
    }

    /** Nothing that is not wanted is in doubt. */
    void selected() {
        doubts.keySet().removeIf(piece -> !swarm.isMissing(piece));
    }

    /** Whether one of them is not in memory, and some peer has it. */
    boolean arePending() {
        for (int piece : doubts.keySet()) {
            if (!pieces.contains(piece) && swarm.copies(piece) > 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether a peer could begin one of them if it had room in memory. */
    boolean hasFor(PickerPeer peer) {
        return nextIndex(peer) >= 0;
    }

    /** Begins one for a peer, if there is one for it and room; or null. */
    @Nullable
    OpenPiece next(PickerPeer peer) {
        int index = doubts.isEmpty() || !pieces.hasRoom() ? -1 : nextIndex(peer);
        if (index < 0) {
            return null;
        }
        swarm.setFresh(index, false);
        return pieces.open(index, peer, soleSender(index, peer));
    }

    private int nextIndex(PickerPeer peer) {
        for (Map.Entry<Integer, Doubt> entry : doubts.entrySet()) {
            int index = entry.getKey();
            if (!pieces.contains(index) && peer.has().contains(index) && mayTry(index, peer)) {
                return index;
            }
        }
        return -1;
    }

    /** Who alone may send a piece that a peer begins: that peer when it is in doubt, else null. */
    @Nullable
    PickerPeer soleSender(int piece, PickerPeer peer) {
        return doubts.containsKey(piece) ? peer : null;
    }

    /** Whether a peer may begin a piece: not one in doubt that it failed to send more often than another that may be asked. */
    boolean mayTry(int piece, PickerPeer peer) {
        Doubt doubt = doubts.get(piece);
        if (doubt == null || doubt.failuresOf(peer) == 0) {
            return true;
        }
        return swarm.peers().stream()
                .noneMatch(other ->
                        other != peer && canSend(other, piece) && doubt.failuresOf(other) < doubt.failuresOf(peer));
    }

    private static boolean canSend(PickerPeer peer, int piece) {
        return peer.mayBeAskedFor(piece) && peer.has().contains(piece);
    }

    /** A piece that one peer is to send alone becomes another's, if that is better off with it; or null. */
    @Nullable
    OpenPiece takeOver(OpenPiece piece, PickerPeer peer) {
        PickerPeer before = piece.sole();
        Doubt doubt = doubts.get(piece.index());
        if (before == null || before == peer || doubt == null || !peer.has().contains(piece.index())) {
            return null;
        }
        int itsFailures = doubt.failuresOf(before);
        boolean isFirst = doubt.failuresOf(peer) < itsFailures || !before.mayBeAskedFor(piece.index());
        boolean isBetter = isBetter(peer, before) && doubt.failuresOf(peer) <= itsFailures;
        if (!isFirst && !isBetter) {
            return null;
        }
        pieces.drop(piece, released);
        return pieces.open(piece.index(), peer, peer);
    }

    /** The first piece that a peer with nothing else to do takes over, or null. */
    @Nullable
    OpenPiece takeOver(PickerPeer peer) {
        for (int index : doubts.keySet()) {
            OpenPiece piece = pieces.get(index);
            OpenPiece taken = piece == null ? null : takeOver(piece, peer);
            if (taken != null) {
                return taken;
            }
        }
        return null;
    }

    private static boolean isBetter(PickerPeer peer, PickerPeer other) {
        boolean isFaster = peer.blocksPerSecond() > FASTER * other.blocksPerSecond();
        boolean gaveMore = peer.delivered() > BETTER * other.delivered();
        return isFaster || (gaveMore && peer.blocksPerSecond() >= other.blocksPerSecond());
    }

    /** A peer will not send all that it was asked for: what it was to send alone begins anew, if another can be asked. */
    void gaveBack(PickerPeer peer) {
        for (OpenPiece piece : aloneOf(peer)) {
            boolean isAnother =
                    swarm.peers().stream().anyMatch(other -> other != peer && canSend(other, piece.index()));
            if (piece.wasGivenBack()) {
                failed(piece, peer, isAnother);
            }
        }
    }

    /** A peer is gone: what it was to send alone begins anew. */
    void left(PickerPeer peer) {
        aloneOf(peer).forEach(piece -> failed(piece, peer, true));
    }

    private List<OpenPiece> aloneOf(PickerPeer peer) {
        return doubts.isEmpty()
                ? List.of()
                : pieces.open().stream().filter(piece -> piece.sole() == peer).toList();
    }

    private void failed(OpenPiece piece, PickerPeer peer, boolean beginsAnew) {
        Doubt doubt = Objects.requireNonNull(doubts.get(piece.index()), "sent by one, and not in doubt");
        doubt.failures.merge(peer.id(), 1, Integer::sum);
        if (beginsAnew) {
            pieces.drop(piece, released);
            doubt.inVain++;
            if (doubt.inVain >= MOST_IN_VAIN) {
                doubts.remove(piece.index());
                swarm.setFresh(piece.index(), true);
            }
        }
    }
}
