package ahti.testkit.record.event;

/** One thing in a recording. */
public sealed interface Entry permits Input, Output, Entry.Disk, Entry.Wrong, Entry.Right, Entry.End {

    /** The disk was asked, and answered at once. */
    record Disk(DiskCall call, DiskAnswer answer) implements Entry {}

    /**
     * A block that a peer sent, or bytes that the disk gave, were not the torrent's data; or were part of a piece that did not
     * match, and it is not known yet which part was to blame. The last word on a number counts, wherever in the recording.
     *
     * @param number counted from 0 over all blocks received and all reads, in their order
     * @param look says which wrong blocks were equal: the beginning of a digest of what was sent
     */
    record Wrong(long number, long look) implements Entry {}

    /** A block that was under suspicion was right after all. */
    record Right(long number) implements Entry {}

    /** The recording ended, and did not just stop. {@code why} is for people. */
    record End(String why) implements Entry {}
}
