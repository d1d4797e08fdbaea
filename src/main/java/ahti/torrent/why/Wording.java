package ahti.torrent.why;

import ahti.core.ByteCount;
import java.time.Duration;

/** Numbers in sentences. */
final class Wording {
    private Wording() {}

    /** {@code 1 peer}, {@code 2 peers}. */
    static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    static String bytes(long bytes) {
        return new ByteCount(Math.max(0, bytes)).toString();
    }

    /** {@code 12 s}, {@code 2 min 5 s}, {@code 3 h 20 min}. */
    static String time(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3600 + " h " + seconds / 60 % 60 + " min";
    }
}
