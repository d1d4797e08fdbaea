package ahti;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Documents cannot drift: what they name exists, and what exists and must be explained is. */
class DocumentsTest {
    private static final Pattern CLASS_NAME = Pattern.compile("`([A-Z][a-z][A-Za-z]+)`");

    @Test
    void everyClassThatTheDesignNamesExists() throws IOException {
        Set<String> named = new TreeSet<>();
        Matcher matcher = CLASS_NAME.matcher(Files.readString(Path.of("src/docs/design.md")));
        while (matcher.find()) {
            named.add(matcher.group(1));
        }
        String sources = allSources();

        List<String> missing = named.stream()
                .filter(name -> !Pattern.compile("(class|record|interface|enum) " + name + "\\b")
                        .matcher(sources)
                        .find())
                .toList();

        assertThat(named).hasSizeGreaterThan(30);
        assertThat(missing).isEmpty();
    }

    @Test
    void everyKeyOfTheReferenceConfigurationIsExplained() {
        Config ahti = ConfigFactory.defaultReference().getConfig("ahti");
        Set<String> silent = new TreeSet<>();

        collectSilent("ahti", ahti.root(), silent);

        assertThat(silent).isEmpty();
    }

    @Test
    void theDesignShowsThePackageTableThatTheBuildHolds() throws IOException {
        String design = Files.readString(Path.of("src/docs/design.md"));

        ArchitectureTest.table()
                .forEach((name, allowed) ->
                        assertThat(rowOf(design, name)).as(name).isEqualTo(allowed));
    }

    private static Set<String> rowOf(String design, String name) {
        Matcher row = Pattern.compile("^\\| (?:\\w+, )?" + name + "(?:, \\w+)? \\| (.*) \\|$", Pattern.MULTILINE)
                .matcher(design.substring(design.indexOf("## Packages")));
        assertThat(row.find()).as("a row for " + name).isTrue();
        return switch (row.group(1)) {
            case "nothing of ours" -> Set.of();
            case "anything but cli" ->
                ArchitectureTest.table().keySet().stream()
                        .filter(other -> !other.equals("cli") && !other.equals("testkit"))
                        .collect(Collectors.toSet());
            default -> Set.of(row.group(1).split(" "));
        };
    }

    private static void collectSilent(String path, ConfigObject object, Set<String> silent) {
        for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
            String key = path + "." + entry.getKey();
            if (entry.getValue() instanceof ConfigObject inner) {
                collectSilent(key, inner, silent);
            } else if (entry.getValue().origin().comments().isEmpty()) {
                silent.add(key);
            }
        }
    }

    private static String allSources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            StringBuilder all = new StringBuilder();
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        }
    }
}
