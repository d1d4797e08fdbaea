package ahti.limit;

/**
 * What one member of the {@link Allotter} moved in one direction and was not paid for yet.
 *
 * <p>It moves bytes first and says so, for nobody knows beforehand how much a read brings. A little it may owe all the time,
 * what its share brings in a few moments: so it need not wait for each payment. While nothing is limited it counts nothing.
 */
public final class Account {
    /** What may be owed at any time: a few words cost nobody a wait. */
    private static final long LITTLE = 4 * 1024;

    /** How many of its shares may be owed in a second, so that a payment that comes late stops nobody. */
    private static final int SHARES_PER_SECOND = 5;

    private boolean limited;
    private long owed;
    private long unsaid;
    private long pace;

    /** Whether anything is limited. */
    public boolean isLimited() {
        return limited;
    }

    /** Whether more may be moved now. */
    public boolean mayGoOn() {
        return !limited || owed <= Math.max(LITTLE, pace / SHARES_PER_SECOND);
    }

    /** So many bytes were moved. */
    public void moved(long bytes) {
        if (limited) {
            owed += bytes;
            unsaid += bytes;
        }
    }

    /** What was moved since this was last asked: the allotter must hear of it. */
    public long unsaid() {
        long bytes = unsaid;
        unsaid = 0;
        return bytes;
    }

    /** Bytes per second that could be moved lately; 0 while that is not known. Of no meaning while nothing is limited. */
    public long pace() {
        return pace;
    }

    /** Whether more is owed than was paid for: the limit holds it up, and its pace is what it gets. */
    public boolean isShort() {
        return limited && owed > 0;
    }

    /** The allotter says something about this direction. */
    public void heard(Allotter.Notice notice) {
        if (notice instanceof Allotter.Terms terms) {
            limited = terms.limited();
            owed = 0;
            unsaid = 0;
            pace = 0;
        } else if (notice instanceof Allotter.Paid paid) {
            owed = Math.max(0, owed - paid.bytes());
            pace = paid.pace();
        }
    }
}
