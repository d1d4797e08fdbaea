package ahti.core;

import java.util.List;

/**
 * Which pieces are wanted, and in what order they should come.
 *
 * @param wanted pieces to fetch; the others are left alone unless they are stored already
 * @param tiers wanted pieces that should come before others: the first set before the second, and so on; what is wanted and
 *     in none of them comes last. At most {@link #MOST_TIERS}
 * @param sequential within a tier, lowest index first instead of rarest first
 * @param onDemand of the wanted pieces, only those that a reader is about to read are fetched
 */
public record PieceSelection(Bitfield wanted, List<Bitfield> tiers, boolean sequential, boolean onDemand) {
    /** How many tiers there may be. */
    public static final int MOST_TIERS = 8;

    public PieceSelection {
        tiers = List.copyOf(tiers);
        if (tiers.size() > MOST_TIERS) {
            throw new IllegalArgumentException(tiers.size() + " tiers of pieces");
        }
    }

    /** A selection that is fetched whether somebody reads it or not. */
    public PieceSelection(Bitfield wanted, boolean sequential) {
        this(wanted, List.of(), sequential, false);
    }

    /** Everything, rarest first. */
    public static PieceSelection everything(int pieces) {
        return new PieceSelection(Bitfield.all(pieces), false);
    }
}
