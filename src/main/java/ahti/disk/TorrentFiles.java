package ahti.disk;

import ahti.core.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads and writes .torrent files, whole and bounded. */
public final class TorrentFiles {
    private TorrentFiles() {}

    /** What came of reading one. */
    public sealed interface ReadResult {}

    /** Its bytes; the reader's from now on. */
    @SuppressWarnings("ArrayRecordComponent") // handed over, not shared
    public record Content(byte[] bytes) implements ReadResult {}

    /** There is no such file. */
    public record NotFound(Path path) implements ReadResult {}

    /** It has more bytes than a .torrent file may have. */
    public record TooLarge(int limit) implements ReadResult {}

    /** It could not be read. */
    public record Unreadable(DiskProblem problem) implements ReadResult {}

    /** Reads a file, or a pipe that has the name of one. */
    public static ReadResult read(Path path, Limits limits) {
        try (InputStream in = Files.newInputStream(path)) {
            return bounded(in, limits.torrentFileBytes());
        } catch (NoSuchFileException e) {
            return new NotFound(path);
        } catch (IOException e) {
            return new Unreadable(Diagnosis.of(path, e));
        }
    }

    /** Reads what is piped in. */
    public static ReadResult readStdin(InputStream in, int limit) {
        try {
            return bounded(in, limit);
        } catch (IOException e) {
            return new Unreadable(Diagnosis.of(Path.of("-"), e));
        }
    }

    private static ReadResult bounded(InputStream in, int limit) throws IOException {
        byte[] bytes = in.readNBytes(limit + 1);
        return bytes.length > limit ? new TooLarge(limit) : new Content(bytes);
    }

    /** Writes a file, whole or not at all; empty when it worked. */
    public static Optional<DiskProblem> write(FileStore store, Path path, byte[] bytes) {
        try {
            if (Files.isDirectory(path)) {
                return Optional.of(new DiskProblem.InTheWay(path, "a directory"));
            }
            store.replace(path, bytes);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(Diagnosis.of(path, e));
        }
    }
}
