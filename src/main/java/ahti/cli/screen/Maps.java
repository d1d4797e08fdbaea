package ahti.cli.screen;

import ahti.torrent.PieceMap;
import java.util.Collections;

/** The two rows of cells: what is stored, and how many copies of it the swarm has. */
final class Maps {

    private Maps() {}

    /** How full each cell is; coloured where pieces are on their way. */
    static String stored(PieceMap map, int cells, Paint paint) {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < Math.min(cells, map.stored().size()); i++) {
            boolean moving = i < map.inFlight().size() && map.inFlight().get(i) > 0;
            String level = String.valueOf(paint.level(map.stored().get(i)));
            row.append(moving ? paint.moving(level.equals(" ") ? paint.gap() : level) : level);
        }
        return row + " ".repeat(cells - Math.min(cells, map.stored().size()));
    }

    /** How many copies each cell's rarest piece has, relative to the commonest; {@code !} for none that we lack. */
    static String copies(PieceMap map, int cells, Paint paint) {
        int top = map.copies().isEmpty() ? 0 : Collections.max(map.copies());
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < Math.min(cells, map.copies().size()); i++) {
            int copies = map.copies().get(i);
            boolean lacking = i >= map.stored().size() || map.stored().get(i) < 1;
            row.append(
                    copies == 0 && lacking
                            ? paint.bad("!")
                            : String.valueOf(paint.level(top == 0 ? 0 : copies / (double) top)));
        }
        return row + " ".repeat(cells - Math.min(cells, map.copies().size()));
    }
}
