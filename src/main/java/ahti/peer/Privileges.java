package ahti.peer;

import ahti.picker.PiecePicker;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The pieces that we may ask the peer for while it chokes us (BEP 6), and whether the picker is confined to them. */
final class Privileges {
    /** Further ones are ignored; BEP 6 speaks of ten. */
    static final int MOST = 64;

    private final PeerSetup setup;
    private final Set<Integer> pieces = new LinkedHashSet<>();
    private boolean confined;
    private boolean changed;

    Privileges(PeerSetup setup) {
        this.setup = setup;
    }

    /** The peer allows a piece; false when that is nothing new. */
    boolean add(int piece) {
        boolean isNew = pieces.size() < MOST && pieces.add(piece);
        changed |= isNew;
        return isNew;
    }

    /** The peer rejected a block of it all the same: it is no privilege any more. False when it was none. */
    boolean remove(int piece) {
        boolean wasAllowed = pieces.remove(piece);
        changed |= wasAllowed;
        return wasAllowed;
    }

    boolean contains(int piece) {
        return pieces.contains(piece);
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    /** While the peer chokes us, the picker may give only these. To be told before a window that is not 0. */
    void confine() {
        if (changed || !confined) {
            changed = false;
            confined = true;
            setup.picker().tell(new PiecePicker.Confine(setup.id(), List.copyOf(pieces)));
        }
    }

    /** The peer lets us ask for everything. */
    void release() {
        if (confined) {
            confined = false;
            setup.picker().tell(new PiecePicker.Release(setup.id()));
        }
    }
}
