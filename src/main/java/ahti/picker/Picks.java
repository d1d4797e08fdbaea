package ahti.picker;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The last few runs of blocks that a peer was asked for, and why. Nothing is allocated until somebody asks. */
final class Picks {
    /** Runs that are remembered for each peer. */
    static final int REMEMBERED = 4;

    /** What {@link Choice} decided by; the records of {@link PickReason}, without their inputs. */
    enum Rule {
        GOES_ON,
        LEFT_BEHIND,
        SHARED,
        HELPS,
        BY_LOT,
        RAREST,
        SUGGESTED,
        IN_ORDER,
        ENDGAME,
        HELD_UP,
        ALLOWED
    }

    private final Rule[] rules = new Rule[REMEMBERED];
    private final int[] inputs = new int[REMEMBERED];
    private final int[] pieces = new int[REMEMBERED];
    private final int[] blocks = new int[REMEMBERED];
    /** Runs so far; the newest stands at this number less one, modulo {@link #REMEMBERED}. */
    private int runs;

    /**
     * One block was asked for. It belongs to the newest run when that is of the same piece: what led to a piece says more
     * than that it is gone on with.
     *
     * @param input the number that the reason carries; of no meaning for those that carry none
     */
    void add(int piece, Rule rule, int input) {
        int newest = (runs + REMEMBERED - 1) % REMEMBERED;
        boolean goesOn = runs > 0 && pieces[newest] == piece && (rule == Rule.GOES_ON || rule == rules[newest]);
        if (goesOn) {
            blocks[newest]++;
            return;
        }
        int next = runs % REMEMBERED;
        rules[next] = rule;
        inputs[next] = input;
        pieces[next] = piece;
        blocks[next] = 1;
        // Stays small, or it would overflow one day.
        runs = runs + 1 == 2 * REMEMBERED ? REMEMBERED : runs + 1;
    }

    /** What is remembered, oldest first. */
    List<Pick> list() {
        List<Pick> picks = new ArrayList<>(REMEMBERED);
        for (int run = Math.max(0, runs - REMEMBERED); run < runs; run++) {
            int at = run % REMEMBERED;
            picks.add(new Pick(pieces[at], blocks[at], reason(rules[at], inputs[at])));
        }
        return Collections.unmodifiableList(picks);
    }

    private static PickReason reason(Rule rule, int input) {
        return switch (rule) {
            case GOES_ON -> new PickReason.GoesOn();
            case LEFT_BEHIND -> new PickReason.LeftBehind();
            case SHARED -> new PickReason.Shared();
            case HELPS -> new PickReason.Helps();
            case BY_LOT -> new PickReason.ByLot(input);
            case RAREST -> new PickReason.Rarest(input);
            case SUGGESTED -> new PickReason.Suggested(input);
            case IN_ORDER -> new PickReason.InOrder();
            case ENDGAME -> new PickReason.Endgame(input);
            case HELD_UP -> new PickReason.HeldUp(input);
            case ALLOWED -> new PickReason.Allowed();
        };
    }
}
