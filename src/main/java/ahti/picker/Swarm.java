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
 * <p>A piece is missing when it is wanted and not stored, and fresh when it is missing and not in memory. Whether a peer has
 * any of these is known from a {@link Witness}, so that nobody searches a peer that has nothing for us.
 */
final class Swarm {
    private final int pieces;
    private final int blocksPerPiece;
    private final Map<ConnectionId, PickerPeer> peers = new LinkedHashMap<>();
    private final PieceSet stored;
    private final PieceSet missing;
    private final Rarity rarity;
    /** How often {@link #missing} may have got more pieces. */
    private long selections;

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

    /** Whether a peer has a missing piece. */
    boolean hasMissing(PickerPeer peer) {
        return peer.missing().holds(peer.has(), missing, selections);
    }

    /** Whether a peer has a fresh piece. */
    boolean hasFresh(PickerPeer peer) {
        return peer.fresh().holds(peer.has(), rarity.fresh(), rarity.freshened());
    }

    /** How many missing pieces a peer has; counted, for whoever wants to know. */
    int missingAt(PickerPeer peer) {
        return peer.has().countCommon(missing);
    }

    /** How many fresh pieces a peer has; counted, for whoever wants to know. */
    int freshAt(PickerPeer peer) {
        return peer.has().countCommon(rarity.fresh());
    }

    /** Whether nobody owes a block of a piece in memory, and nobody who may be asked has it. */
    boolean isStuck(OpenPiece piece) {
        if (piece.inFlight() > 0) {
            return false;
        }
        for (PickerPeer peer : peers.values()) {
            if (peer.mayBeAskedFor(piece.index()) && peer.has().contains(piece.index())) {
                return false;
            }
        }
        return true;
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
    }

    void gain(PickerPeer peer, List<Integer> gained) {
        gained.forEach(this::checkPiece);
        for (int piece : gained) {
            if (peer.has().add(piece)) {
                rarity.copies().increment(piece);
                peer.missing().gained(piece, missing);
                peer.fresh().gained(piece, rarity.fresh());
            }
        }
    }

    /** A missing piece went into memory, or came out of it without being stored. */
    void setFresh(int piece, boolean fresh) {
        var unusedChange = rarity.setFresh(piece, fresh);
    }

    /** A piece is stored: not missing and not fresh any more. Returns the peers that have nothing missing any more. */
    List<PickerPeer> store(int piece) {
        stored.add(piece);
        setFresh(piece, false);
        if (!missing.remove(piece)) {
            return List.of();
        }
        List<PickerPeer> done = new ArrayList<>(0);
        for (PickerPeer peer : peers.values()) {
            if (!hasMissing(peer) && peer.has().contains(piece)) {
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
        selections++;
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
}
