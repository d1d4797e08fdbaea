package ahti.picker;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Counts how well the pieces are spread. Looks at every piece: for people who ask, not for picking. */
final class Census {
    private final Swarm swarm;
    private final OpenPieces inMemory;

    Census(Swarm swarm, OpenPieces inMemory) {
        this.swarm = swarm;
        this.inMemory = inMemory;
    }

    /**
     * The swarm in so many cells, or in fewer when there are not that many pieces; in none when only the totals matter.
     */
    PiecePicker.Availability take(int cells) {
        int pieces = swarm.pieces();
        int used = Math.min(Math.max(1, cells), pieces);
        List<Integer> copies = new ArrayList<>(used);
        List<Integer> inFlight = new ArrayList<>(used);
        long sum = 0;
        int least = Integer.MAX_VALUE;
        int unavailable = 0;
        for (int cell = 0; cell < used; cell++) {
            int leastOfCell = Integer.MAX_VALUE;
            int inFlightOfCell = 0;
            int end = (int) ((cell + 1L) * pieces / used);
            for (int piece = (int) ((long) cell * pieces / used); piece < end; piece++) {
                int count = swarm.copies(piece);
                sum += count;
                leastOfCell = Math.min(leastOfCell, count);
                if (swarm.isMissing(piece)) {
                    least = Math.min(least, count);
                    unavailable += count == 0 ? 1 : 0;
                }
                inFlightOfCell += inMemory.contains(piece) ? 1 : 0;
            }
            copies.add(leastOfCell);
            inFlight.add(inFlightOfCell);
        }
        return new PiecePicker.Availability(
                least == Integer.MAX_VALUE ? 0 : least,
                pieces == 0 ? 0 : (double) sum / pieces,
                unavailable,
                inMemory.memory(),
                cells == 0 ? List.of() : Collections.unmodifiableList(copies),
                cells == 0 ? List.of() : Collections.unmodifiableList(inFlight));
    }
}
