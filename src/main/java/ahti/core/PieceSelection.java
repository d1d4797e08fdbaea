package ahti.core;

/**
 * Which pieces are wanted, and in what order they should come.
 *
 * @param wanted pieces to fetch; the others are left alone unless they are stored already
 * @param sequential lowest index first instead of rarest first
 */
public record PieceSelection(Bitfield wanted, boolean sequential) {

    /** Everything, rarest first. */
    public static PieceSelection everything(int pieces) {
        return new PieceSelection(Bitfield.all(pieces), false);
    }
}
