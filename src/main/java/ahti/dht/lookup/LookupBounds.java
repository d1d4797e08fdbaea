package ahti.dht.lookup;

/**
 * How far a lookup goes.
 *
 * @param nearest how many of the nearest nodes must have answered before it ends (K of BEP 5)
 * @param parallel queries that may be open at the same time; one that is slow no longer counts
 * @param mostAsked nodes asked, whatever they answer: liars cannot keep it going
 */
public record LookupBounds(int nearest, int parallel, int mostAsked) {

    /** K of BEP 5. */
    public static final int K = 8;

    public LookupBounds {
        if (nearest < 1 || parallel < 1 || mostAsked < nearest) {
            throw new IllegalArgumentException("a lookup of " + nearest + ", " + parallel + ", " + mostAsked);
        }
    }

    /** For the eight nearest. */
    public static LookupBounds of(int parallel, int mostAsked) {
        return new LookupBounds(K, parallel, mostAsked);
    }
}
