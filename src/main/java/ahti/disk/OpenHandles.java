package ahti.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The file handles of this process, as Linux shows them. Elsewhere nothing is known, and as many are free as one likes. */
public final class OpenHandles {
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Path OPEN = Path.of("/proc/self/fd");
    private static final String LIMIT = "Max open files";

    private OpenHandles() {}

    /** How many more could be opened now; {@code Long.MAX_VALUE} when nobody knows. */
    public static long free() {
        return most().map(most -> Math.max(0, most - open())).orElse(Long.MAX_VALUE);
    }

    /** How many may be open at the same time ({@code ulimit -n}); empty when there is no limit, or nobody knows it. */
    public static Optional<Long> most() {
        try (Stream<String> lines = Files.lines(LIMITS)) {
            return lines.filter(line -> line.startsWith(LIMIT))
                    .map(line -> line.substring(LIMIT.length()).strip().split(" +", 2)[0])
                    .filter(soft -> soft.chars().allMatch(Character::isDigit))
                    .map(Long::valueOf)
                    .findFirst();
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private static long open() {
        long count = 0;
        try (DirectoryStream<Path> handles = Files.newDirectoryStream(OPEN)) {
            for (Path handle : handles) {
                count += handle.getNameCount() > 0 ? 1 : 0;
            }
            return count;
        } catch (IOException | DirectoryIteratorException e) {
            // Not even for that is one left, or there is no such directory: then there is no limit either.
            return Long.MAX_VALUE;
        }
    }
}
