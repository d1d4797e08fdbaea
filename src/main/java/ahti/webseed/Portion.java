package ahti.webseed;

import ahti.core.BlockRef;
import java.time.Duration;

/**
 * How much to ask a web server for at a time: little until its rate is known, then what comes in a part of the time that an
 * answer may take. So a slow server is no server that times out, and one that becomes slower has some time to be seen.
 */
final class Portion {
    private static final int LEAST = BlockRef.MAX_LENGTH;
    private static final int FIRST = 8 * LEAST;
    private static final int MOST_GROWTH = 4;
    private static final int PART_OF_PATIENCE = 4;
    private static final double NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

    private final int most;
    private final double seconds;
    private int bytes;

    /**
     * At the beginning.
     *
     * @param most bytes at once, whatever the rate
     * @param patience how long an answer may take
     */
    Portion(int most, Duration patience) {
        this.most = most;
        this.seconds = patience.toNanos() / NANOS_PER_SECOND / PART_OF_PATIENCE;
        this.bytes = Math.min(most, FIRST);
    }

    /** How much to ask for now. */
    int bytes() {
        return bytes;
    }

    /** How much to ask for now, when no more than {@code pace} bytes per second are allowed. */
    int bytes(long pace) {
        return (int) Math.max(Math.min(bytes, pace), Math.min(bytes, LEAST));
    }

    /** So many bytes came after so long. Few bytes tell nothing of a rate, for the way to the server takes its time, too. */
    void came(long received, long nanos) {
        double inTime = received * (seconds * NANOS_PER_SECOND / Math.max(1, nanos));
        if (received >= bytes || (received >= LEAST && inTime < bytes)) {
            double grown = Math.min(most, (double) bytes * MOST_GROWTH);
            bytes = (int) Math.max(LEAST, Math.min(grown, inTime));
        }
    }

    /** Nothing came of it: whatever comes next is to be little. */
    void failed() {
        bytes = Math.min(most, LEAST);
    }

    /** The server sends whole files whatever it is asked for: the less often it is asked, the less comes for nothing. */
    void comesWhole() {
        bytes = most;
    }
}
