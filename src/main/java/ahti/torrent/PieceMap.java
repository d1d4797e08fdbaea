package ahti.torrent;

import java.util.List;

/**
 * Pieces, down-sampled to cells of neighbouring ones, for a screen.
 *
 * @param stored per cell, the stored share of its pieces, 0 to 1
 * @param inFlight per cell, how many of its pieces are being fetched
 * @param copies per cell, the least number of connected peers that have one of its pieces
 */
public record PieceMap(List<Double> stored, List<Integer> inFlight, List<Integer> copies) {
    /** Nothing known. */
    public static final PieceMap EMPTY = new PieceMap(List.of(), List.of(), List.of());
}
