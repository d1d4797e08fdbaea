package ahti.picker;

import ahti.core.Bitfield;
import ahti.core.ConnectionId;
import ahti.core.PieceLayout;
import ahti.core.PieceSelection;
import ahti.core.PieceSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Who has what, and what of it we want.
 *
 * <p>A piece is missing when it is wanted and not stored, and fresh when it is missing and not in memory. Each peer's
 * numbers of missing and fresh pieces are kept at every change, so that nobody searches a peer that has nothing for us.
 */
final class Swarm {
    private final int pieces;
    private final int blocksPerPiece;
    private final Map<ConnectionId, PickerPeer> peers = new LinkedHashMap<>();
    private final PieceSet stored;
    private final PieceSet missing;
    private final Rarity rarity;

    Swarm(PieceLayout layout, Bitfield stored, PieceSelection selection, RandomGenerator random) {
        this.pieces = layout.pieces();
        this.blocksPerPiece = pieces == 0 ? 0 : layout.blocks(0);
        this.stored = checkSize(stored).toSet();
        this.missing = new PieceSet(pieces);
        this.rarity = new Rarity(pieces, random);
        Bitfield wanted = follow(selection);
        for (int piece = 0; piece < pieces; piece++) {
            if (wanted.get(piece) && !stored.get(piece)) {
                missing.add(piece);
                rarity.setFresh(piece, true);
            }
        }
    }

    int pieces() {
        return pieces;
    }

    Rarity rarity() {
        return rarity;
    }

    /** How many connected peers have a piece. */
    int copies(int piece) {
        return rarity.copies().of(piece);
    }

    boolean isMissing(int piece) {
        return missing.contains(piece);
    }

    /** How many pieces are stored. */
    int stored() {
        return stored.count();
    }

    Collection<PickerPeer> peers() {
        return peers.values();
    }

    @Nullable
    PickerPeer peer(ConnectionId id) {
        return peers.get(id);
    }

    /** How many missing pieces a peer has. */
    int missingAt(PickerPeer peer) {
        return peer.has().isAll() ? missing.count() : peer.missing();
    }

    /** How many fresh pieces a peer has. */
    int freshAt(PickerPeer peer) {
        return peer.has().isAll() ? rarity.fresh().count() : peer.fresh();
    }

    /** Whether a peer that may be asked has a piece. */
    boolean canBeAsked(int piece) {
        for (PickerPeer peer : peers.values()) {
            if (peer.mayBeAskedFor(piece) && peer.has().contains(piece)) {
                return true;
            }
        }
        return false;
    }

    PickerPeer join(ConnectionId id) {
        PickerPeer peer = new PickerPeer(id, Holdings.none(pieces), blocksPerPiece);
        if (peers.putIfAbsent(id, peer) != null) {
            throw new IllegalArgumentException(id + " joined twice");
        }
        count(peer.has(), 1);
        return peer;
    }

    void leave(PickerPeer peer) {
        count(peer.has(), -1);
        peers.remove(peer.id());
    }

    void offer(PickerPeer peer, Bitfield has) {
        checkSize(has);
        count(peer.has(), -1);
        peer.has(Holdings.of(has));
        count(peer.has(), 1);
        recount(peer);
    }

    void gain(PickerPeer peer, List<Integer> gained) {
        gained.forEach(this::checkPiece);
        int moreMissing = 0;
        int moreFresh = 0;
        for (int piece : gained) {
            if (peer.has().add(piece)) {
                rarity.copies().increment(piece);
                moreMissing += missing.contains(piece) ? 1 : 0;
                moreFresh += rarity.fresh().contains(piece) ? 1 : 0;
            }
        }
        peer.count(peer.missing() + moreMissing, peer.fresh() + moreFresh);
    }

    /** A missing piece went into memory, or came out of it without being stored. */
    void setFresh(int piece, boolean fresh) {
        if (rarity.setFresh(piece, fresh)) {
            adjust(piece, 0, fresh ? 1 : -1);
        }
    }

    /** A piece is stored: not missing and not fresh any more. Returns the peers that have nothing missing any more. */
    List<PickerPeer> store(int piece) {
        stored.add(piece);
        setFresh(piece, false);
        if (!missing.remove(piece)) {
            return List.of();
        }
        adjust(piece, -1, 0);
        List<PickerPeer> done = new ArrayList<>(0);
        for (PickerPeer peer : peers.values()) {
            if (missingAt(peer) == 0 && peer.has().contains(piece)) {
                done.add(peer);
            }
        }
        return done;
    }

    /**
     * Changes what is wanted, and what goes first.
     *
     * @param inMemory pieces that are open or filled, and therefore not fresh
     */
    void select(PieceSelection selection, OpenPieces inMemory) {
        Bitfield wanted = follow(selection);
        for (int piece = 0; piece < pieces; piece++) {
            boolean isMissing = wanted.get(piece) && !stored.contains(piece);
            if (isMissing != missing.contains(piece)) {
                if (isMissing) {
                    missing.add(piece);
                } else {
                    missing.remove(piece);
                }
                rarity.setFresh(piece, isMissing && !inMemory.contains(piece));
            }
        }
        peers.values().forEach(this::recount);
    }

    private Bitfield follow(PieceSelection selection) {
        selection.tiers().forEach(this::checkSize);
        rarity.tiers(selection.tiers());
        return checkSize(selection.wanted());
    }

    int checkPiece(int piece) {
        if (piece < 0 || piece >= pieces) {
            throw new IllegalArgumentException("piece " + piece + " of " + pieces);
        }
        return piece;
    }

    private Bitfield checkSize(Bitfield bitfield) {
        if (bitfield.size() != pieces) {
            throw new IllegalArgumentException(bitfield + " for a torrent of " + pieces);
        }
        return bitfield;
    }

    private void count(Holdings has, int by) {
        Copies copies = rarity.copies();
        if (has.isAll()) {
            copies.changeBase(by);
        } else if (by > 0) {
            has.forEach(copies::increment);
        } else {
            has.forEach(copies::decrement);
        }
    }

    private void recount(PickerPeer peer) {
        if (!peer.has().isAll()) {
            peer.count(peer.has().countCommon(missing), peer.has().countCommon(rarity.fresh()));
        }
    }

    private void adjust(int piece, int missingBy, int freshBy) {
        for (PickerPeer peer : peers.values()) {
            if (!peer.has().isAll() && peer.has().contains(piece)) {
                peer.count(peer.missing() + missingBy, peer.fresh() + freshBy);
            }
        }
    }
}
