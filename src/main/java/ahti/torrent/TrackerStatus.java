package ahti.torrent;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How one tracker is doing.
 *
 * @param next until the next announce
 * @param failure why it is not well; empty when it is. Cleaned for the screen
 * @param warning what it warned of. Cleaned for the screen
 */
public record TrackerStatus(
        String url,
        Duration next,
        OptionalInt seeders,
        OptionalInt leechers,
        Optional<String> failure,
        Optional<String> warning) {}
