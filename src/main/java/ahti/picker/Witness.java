package ahti.picker;

import ahti.core.PieceSet;

/**
 * A piece that a peer has and that is in a set: whether there is one is asked for every block, and to count them all would
 * mean to count at every peer whenever the set changes.
 *
 * <p>It holds until its piece is taken out of the set; only then another is searched for, and when there was none, only after
 * something was added. So a torrent costs a peer few searches, however many pieces there are.
 */
final class Witness {
    private static final int NONE = -1;

    private int piece = NONE;
    /** Additions to the set when it was searched in vain; -1 before the first search. */
    private long searchedAt = -1;

    /** The peer has something else now than it had. */
    void forget() {
        piece = NONE;
        searchedAt = -1;
    }

    /** The peer has a piece more. */
    void gained(int gained, PieceSet set) {
        if (piece == NONE && set.contains(gained)) {
            piece = gained;
        }
    }

    /**
     * Whether the peer has any piece of the set.
     *
     * @param additions how often something was added to the set, ever
     */
    boolean holds(Holdings has, PieceSet set, long additions) {
        if (has.isAll()) {
            return set.count() > 0;
        }
        if (piece == NONE ? searchedAt == additions : set.contains(piece)) {
            return piece != NONE;
        }
        int from = Math.max(piece, 0);
        int found = has.nextCommon(set, from);
        piece = found < 0 && from > 0 ? has.nextCommon(set, 0) : found;
        searchedAt = additions;
        return piece != NONE;
    }
}
