package ahti.torrent.choking;

/**
 * How many upload slots there are when nobody knows what the line carries: one more while the present ones do not fill it.
 *
 * <p>While somebody waits for a slot, another number is tried now and then, for one round. One slot more stays if more leaves
 * than in any round of the last minute, by half a slot's share at least; otherwise the line was full. One slot less stays if
 * no more than half a slot's share is lost. So the count follows the capacity, and is no larger than it must be: few slots are
 * fast ones, what is sent to one peer can be passed on sooner than what is sent to ten at a tenth of the rate, and slots that
 * are scarce are worth giving for. Pure: time is counted in rounds.
 */
public final class SlotCount {
    /** Rounds whose best is the measure. */
    private static final int MEMORY = 6;

    /** Rounds of rest after a try in vain. */
    private static final int PAUSE = 3;

    private final int least;
    private final int most;
    private final long[] rates = new long[MEMORY];
    private int round;
    private int slots;
    private int pause = 1;
    /** What is being tried: one slot more, one less, or 0 for neither. */
    private int trying;
    /** What is tried next. */
    private int next = 1;
    /** The best rate before the try. */
    private long before;

    /** Between {@code least} and {@code most} slots, both included. A fixed number is both. */
    public SlotCount(int least, int most) {
        if (least < 0 || most < least) {
            throw new IllegalArgumentException("no such number of slots: " + least + " to " + most);
        }
        this.least = least;
        this.most = most;
        this.slots = least;
    }

    /** Slots at present. */
    public int slots() {
        return slots;
    }

    /**
     * A round is over.
     *
     * @param bytesPerSecond what left in it, over all slots
     * @param waiting peers that are interested and have no slot
     */
    public void roundOver(long bytesPerSecond, int waiting) {
        judge(bytesPerSecond);
        rates[round++ % MEMORY] = bytesPerSecond;
        pause = Math.max(0, pause - 1);
        if (pause == 0 && waiting > 0 && least < most) {
            begin();
        }
    }

    private void judge(long rate) {
        if (trying == 0) {
            return;
        }
        long share = before / Math.max(1, slots - trying);
        if (rate >= before + trying * share / 2 && rate > 0) {
            next = trying;
        } else {
            slots -= trying;
            next = -trying;
            pause = PAUSE;
        }
        trying = 0;
    }

    private void begin() {
        if (slots + next < least || slots + next > most) {
            next = -next;
        }
        trying = next;
        slots += trying;
        before = 0;
        for (long rate : rates) {
            before = Math.max(before, rate);
        }
    }
}
