package ahti.testkit.record.event;

import org.apache.pekko.util.ByteString;

/** What the disk answers to a {@link DiskCall}. */
public sealed interface DiskAnswer {

    /** It is done. */
    record Done() implements DiskAnswer {}

    /** Nothing is there. */
    record Nothing() implements DiskAnswer {}

    /** A size in bytes, or the number of what was opened or locked. */
    record Amount(long value) implements DiskAnswer {}

    /** A file is there. The time is in seconds and nanoseconds since 1970. */
    record State(long size, long second, int nano) implements DiskAnswer {}

    /** The content of a small file. */
    record Content(ByteString bytes) implements DiskAnswer {}

    /** So many bytes were read. Which, a replay makes up; when it must not be the torrent's, {@link Entry.Wrong} says so. */
    record Data(int length) implements DiskAnswer {}

    /** Somebody else has the lock. */
    record Busy(String note) implements DiskAnswer {}

    /** The call failed. */
    record Failure(Kind kind, String path, String text) implements DiskAnswer {

        /** Exceptions that the engine tells apart. */
        public enum Kind {
            NO_SUCH_FILE,
            ACCESS_DENIED,
            ALREADY_EXISTS,
            NOT_A_DIRECTORY,
            OBSTRUCTED,
            FILE_SYSTEM,
            OTHER
        }
    }
}
