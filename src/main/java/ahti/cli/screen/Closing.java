package ahti.cli.screen;

import ahti.cli.env.ExitCode;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How a session ended.
 *
 * @param hash of the torrent, in hexadecimal
 * @param path where its data is: the file, or the root directory
 * @param complete whether every wanted piece is stored
 * @param wasComplete whether that was so at the start
 * @param sentence why it ended, when not by being complete; else empty
 * @param bytes wanted and stored
 * @param wanted bytes in all; more than {@code bytes} are when a download is unfinished, or damaged data is shared
 * @param fetched payload received
 * @param wasted payload thrown away
 * @param uploaded payload sent
 * @param contributors peers that sent verified blocks
 * @param fetching from the end of the check to completion, or to the end
 */
public record Closing(
        ExitCode code,
        String hash,
        String name,
        Path path,
        boolean complete,
        boolean wasComplete,
        String sentence,
        long bytes,
        long wanted,
        long fetched,
        long wasted,
        long uploaded,
        int contributors,
        Duration fetching) {}
