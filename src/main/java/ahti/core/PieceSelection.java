package ahti.core;

/**
 * Which pieces are wanted, and in what order they should come.
 *
 * @param wanted pieces to fetch; the others are left alone unless they are stored already
 * @param sequential lowest index first instead of rarest first
 * @param onDemand of the wanted pieces, only those that a reader is about to read are fetched
 */
public record PieceSelection(Bitfield wanted, boolean sequential, boolean onDemand) {

    /** A selection that is fetched whether somebody reads it or not. */
    public PieceSelection(Bitfield wanted, boolean sequential) {
        this(wanted, sequential, false);
    }

    /** Everything, rarest first. */
    public static PieceSelection everything(int pieces) {
        return new PieceSelection(Bitfield.all(pieces), false);
    }
}
