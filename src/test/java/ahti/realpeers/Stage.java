package ahti.realpeers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Where one test takes place: a folder, and the programs in it. Afterwards the programs have ended and the folder is gone. */
final class Stage implements BeforeEachCallback, AfterEachCallback, AutoCloseable {

    /** A tracker that refuses connections at once: rTorrent takes no torrent without one. */
    static final String NO_TRACKER = "http://127.0.0.1:9/announce";

    private Path folder = Path.of("");
    private final List<Program> programs = new ArrayList<>();
    private final List<Runnable> cleanings = new ArrayList<>();
    private int folders;

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        open();
    }

    /** For what is no test: makes the folder. */
    Stage open() throws IOException {
        folder = Files.createTempDirectory("ahti-realpeers").toRealPath();
        return this;
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        context.getExecutionException().ifPresent(failure -> failure.addSuppressed(new AssertionError(transcript())));
        close();
    }

    @Override
    public void close() throws IOException {
        programs.forEach(Program::end);
        cleanings.forEach(Runnable::run);
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** An empty folder. */
    Path newFolder(String name) {
        try {
            return Files.createDirectories(folder.resolve(++folders + "-" + name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A folder with the files of a payload. */
    Path folderWith(Payload payload) {
        Path holding = newFolder("complete");
        payload.write(holding);
        return holding;
    }

    /** The torrent of a payload, as a file. */
    Path torrent(Payload payload, String... trackers) {
        return write(newFolder("torrent").resolve("it.torrent"), payload.torrent(List.of(trackers)));
    }

    /** A file with that content. */
    static Path write(Path file, byte[] content) {
        try {
            return Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of the test resources, copied to a folder. */
    static Path resource(String name, Path to) {
        try (InputStream in = Objects.requireNonNull(Stage.class.getResourceAsStream(name), name)) {
            return write(to.resolve(name), in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a program; it ends with the test. */
    Program start(String name, Path home, List<String> command) {
        Program program = Program.start(name, home, Map.of(), command);
        programs.add(program);
        return program;
    }

    /** Has something done when the programs have ended. */
    void afterwards(Runnable cleaning) {
        cleanings.add(cleaning);
    }

    private String transcript() {
        return programs.stream().map(Program::describe).collect(Collectors.joining("\n"));
    }
}
