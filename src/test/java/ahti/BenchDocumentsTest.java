package ahti;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What documents say about scripts/bench is what it takes. */
class BenchDocumentsTest {
    private static final Pattern COMMAND = Pattern.compile("= command\\(\"(\\w+)\"");
    private static final Pattern OPTION = Pattern.compile("add_argument\\(\"(--[\\w-]+)\"");
    private static final Pattern CALL = Pattern.compile("scripts/bench ([a-z]+)([^`\\n]*)");
    private static final Pattern FLAG = Pattern.compile("--[a-z-]+");
    private static final Pattern IMPORT = Pattern.compile("^(?:import|from) (\\w+)", Pattern.MULTILINE);

    @Test
    void everyCommandIsExplainedAndNoOther() throws IOException {
        String guide = Files.readString(Path.of("src/docs/performance.md"));

        assertThat(all(CALL, guide)).isEqualTo(all(COMMAND, commandLine()));
        assertThat(all(COMMAND, commandLine())).containsAll(all(CALL, Files.readString(Path.of("README.md"))));
    }

    @Test
    void everyOptionThatDocumentsNameExists() throws IOException {
        Set<String> options = all(OPTION, commandLine());

        for (String document : Set.of("README.md", "src/docs/performance.md")) {
            Set<String> named = CALL.matcher(Files.readString(Path.of(document)))
                    .results()
                    .flatMap(call -> FLAG.matcher(call.group(2)).results())
                    .map(flag -> flag.group())
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(options).as(document).containsAll(named);
        }
    }

    @Test
    void nothingIsNeededButPythonItself() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/bench"))) {
            Set<String> imported = new TreeSet<>();
            Set<String> ours = new TreeSet<>();
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".py")).toList()) {
                imported.addAll(all(IMPORT, Files.readString(file)));
                ours.add(file.getFileName().toString().replace(".py", ""));
            }
            imported.removeAll(ours);

            assertThat(imported)
                    .isSubsetOf(
                            "argparse",
                            "collections",
                            "contextlib",
                            "ctypes",
                            "fcntl",
                            "hashlib",
                            "itertools",
                            "json",
                            "mmap",
                            "os",
                            "random",
                            "re",
                            "selectors",
                            "shutil",
                            "signal",
                            "socket",
                            "struct",
                            "subprocess",
                            "sys",
                            "tempfile",
                            "threading",
                            "time");
        }
    }

    private static String commandLine() throws IOException {
        return Files.readString(Path.of("src/bench/bench.py"));
    }

    private static Set<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
