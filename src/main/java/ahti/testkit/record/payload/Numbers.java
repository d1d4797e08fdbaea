package ahti.testkit.record.payload;

/** Numbers everything that holds data of the torrent: blocks received and reads of the disk, in the order of a recording. */
public final class Numbers {
    private long next;

    /** The next number, from 0 on. */
    public long next() {
        return next++;
    }
}
