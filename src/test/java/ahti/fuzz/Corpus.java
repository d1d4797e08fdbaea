package ahti.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The inputs that are kept for each target: one file each, in {@code src/test/resources/fuzz/NAME}. */
final class Corpus {
    private Corpus() {}

    /** Names of the folders, in order. */
    static List<String> folders() {
        return list(root()).stream()
                .filter(Files::isDirectory)
                .map(folder -> folder.getFileName().toString())
                .toList();
    }

    /** The inputs of a target by file name, in order. */
    static Map<String, byte[]> of(FuzzTarget target) {
        Map<String, byte[]> inputs = new TreeMap<>();
        Path folder = root().resolve(target.name());
        if (Files.isDirectory(folder)) {
            for (Path file : list(folder)) {
                inputs.put(file.getFileName().toString(), read(file));
            }
        }
        return inputs;
    }

    private static Path root() {
        URL url = Corpus.class.getResource("/fuzz");
        if (url == null) {
            throw new IllegalStateException("no corpus on the class path");
        }
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return new ArrayList<>(all.sorted().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
