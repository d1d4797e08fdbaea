package ahti.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that need no engine must start quickly: a JVM of their own, so that what it loads can be seen. */
class StartUpTest {
    @TempDir
    Path cwd;

    @Test
    void toolsLoadNeitherActorsNorLoggingNorConfiguration() throws Exception {
        Files.write(cwd.resolve("data"), new byte[100_000]);

        for (List<String> args : List.of(
                List.of("create", "data"),
                List.of("info", "data.torrent"),
                List.of("verify", "data.torrent"),
                List.of("--help"),
                List.of("get", "--help"),
                List.of("version"))) {
            assertThat(loaded(args))
                    .as(String.join(" ", args))
                    .contains("ahti.cli.Main")
                    .noneMatch(name ->
                            name.matches("(org\\.apache\\.pekko|scala|ch\\.qos|org\\.slf4j|com\\.typesafe)\\..*"));
        }
    }

    @Test
    void theDemonstrationKeepsTheLogToItself() throws Exception {
        Process process = java("demo", "--size", "1M")
                .redirectOutput(cwd.resolve("out").toFile())
                .redirectError(cwd.resolve("err").toFile())
                .start();

        assertThat(process.waitFor()).as(() -> read(cwd.resolve("err"))).isZero();
        assertThat(cwd.resolve("out")).isEmptyFile();
        assertThat(read(cwd.resolve("err")))
                .doesNotContainPattern("SLF4J|DEBUG|INFO")
                .contains("every byte of 1.0 MiB");
    }

    @Test
    void theTrainingOfTheArchiveSucceedsAndLeavesNothing() throws Exception {
        Process process = java(
                        List.of("-Djava.io.tmpdir=" + cwd, "-Xlog:class+load:file=" + cwd.resolve("classes.log")),
                        "ahti.cli.Training")
                .redirectOutput(cwd.resolve("out").toFile())
                .redirectError(cwd.resolve("err").toFile())
                .start();

        assertThat(process.waitFor()).as(() -> read(cwd.resolve("err"))).isZero();
        assertThat(cwd.resolve("out")).isEmptyFile();
        assertThat(cwd).isDirectoryNotContaining("glob:**ahti-training-*");
        // A download from peers, a check of what is there.
        assertThat(read(cwd.resolve("classes.log"))).contains("ahti.peer.PeerConnection ", "ahti.torrent.Checking ");
    }

    private ProcessBuilder java(String... args) {
        return java(List.of(), "ahti.cli.Main", args);
    }

    private ProcessBuilder java(List<String> options, String main, String... args) {
        List<String> line = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        line.addAll(options);
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        line.addAll(List.of(args));
        return new ProcessBuilder(line).directory(cwd.toFile());
    }

    private List<String> loaded(List<String> args) throws IOException, InterruptedException {
        Path log = cwd.resolve("classes.log");
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-Xlog:class+load:file=" + log,
                "-cp",
                System.getProperty("java.class.path"),
                "ahti.cli.Main"));
        line.addAll(args);
        Process process = new ProcessBuilder(line)
                .directory(cwd.toFile())
                .redirectErrorStream(true)
                .redirectOutput(cwd.resolve("out").toFile())
                .start();
        assertThat(process.waitFor())
                .as(() -> String.join(" ", args) + ": " + read(cwd.resolve("out")))
                .isZero();
        try (var lines = Files.lines(log, StandardCharsets.UTF_8)) {
            return lines.map(entry -> entry.replaceAll("^\\[.*?]\\[.*?]\\[.*?] (\\S+) .*", "$1"))
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
