package ahti.peer;

import ahti.core.Bitfield;
import ahti.core.PieceSet;
import ahti.picker.PiecePicker;
import ahti.wire.PeerMessage;
import ahti.wire.ProtocolException;
import ahti.wire.Violation;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.util.ByteString;

/** What the peer says it has. The picker hears of it: of everything at once as it comes, of single pieces once a read. */
final class TheirPieces {
    private final PeerSetup setup;
    private final Patience patience;
    private final PieceSet has;
    /** Of the read being handled. */
    private final List<Integer> gained = new ArrayList<>();
    /** Whether the owner wants to know, too. */
    private boolean ownerListens;

    /** It said as a whole what it has, be it nothing. */
    private boolean hasOffered;

    TheirPieces(PeerSetup setup, Patience patience) {
        this.setup = setup;
        this.patience = patience;
        this.has = new PieceSet(setup.layout().pieces());
    }

    int count() {
        return has.count();
    }

    /** Whether it has said anything about what it has. */
    boolean isKnown() {
        return hasOffered || has.count() > 0;
    }

    /** It has one piece more. */
    void have(int piece) throws ProtocolException {
        requirePiece(piece);
        if (has.add(piece)) {
            gained.add(piece);
        } else {
            patience.spend(1);
        }
    }

    /** It has one piece less (BEP 54); false when it never had it. */
    boolean lose(int piece) throws ProtocolException {
        requirePiece(piece);
        if (!has.remove(piece)) {
            return false;
        }
        gained.clear();
        setup.picker().tell(new PiecePicker.Offer(setup.id(), has.toBitfield()));
        return true;
    }

    void requirePiece(int piece) throws ProtocolException {
        if (!setup.layout().contains(piece)) {
            throw new ProtocolException(new Violation.NoSuchPiece(piece, has.size()));
        }
    }

    /** BEP 3 wants it first and once, but aria2 sends another instead of many haves: it adds to what is known. */
    void bitfield(ByteString bytes) throws ProtocolException {
        byte[] wire = bytes.toArray();
        if (!Bitfield.isLawful(wire, has.size())) {
            throw new ProtocolException(
                    new Violation.BadBitfield(wire.length + " bytes or spare bits for " + has.size() + " pieces"));
        }
        Bitfield offered = Bitfield.fromWire(wire, has.size());
        boolean first = !hasOffered;
        if (!first) {
            patience.spend(Patience.BITFIELD);
        }
        hasOffered = true;
        // What comes after haves adds to them; one that comes first is all there is.
        boolean offers = first && has.count() == 0;
        for (int piece = 0; piece < offered.size(); piece++) {
            if (offered.get(piece) && has.add(piece) && !offers) {
                gained.add(piece);
            }
        }
        if (offers) {
            setup.picker().tell(new PiecePicker.Offer(setup.id(), offered));
            tellOwner(all());
        }
    }

    /** Everything, or nothing (BEP 6): only in place of a bitfield. */
    void possession(PeerMessage.Possession message) throws ProtocolException {
        if (isKnown()) {
            throw new ProtocolException(new Violation.Contradicts(message.id()));
        }
        hasOffered = true;
        if (message == PeerMessage.Possession.HAVE_ALL) {
            for (int piece = 0; piece < has.size(); piece++) {
                has.add(piece);
            }
            setup.picker().tell(new PiecePicker.Offer(setup.id(), Bitfield.all(has.size())));
            tellOwner(all());
        }
    }

    /** The read is handled. */
    void settle() {
        if (!gained.isEmpty()) {
            List<Integer> news = List.copyOf(gained);
            gained.clear();
            setup.picker().tell(new PiecePicker.Gain(setup.id(), news));
            tellOwner(news);
        }
    }

    /** The owner wants to know, from now on. */
    void tellOwner() {
        ownerListens = true;
        tellOwner(all());
    }

    private void tellOwner(List<Integer> news) {
        if (ownerListens && !news.isEmpty()) {
            setup.owner().tell(new PeerConnection.Gained(setup.id(), news));
        }
    }

    private List<Integer> all() {
        List<Integer> all = new ArrayList<>(has.count());
        for (int piece = has.nextSet(0); piece >= 0; piece = has.nextSet(piece + 1)) {
            all.add(piece);
        }
        return List.copyOf(all);
    }
}
