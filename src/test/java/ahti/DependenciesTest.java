package ahti;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** src/docs/dependencies.md lists what is on the class path, with its version. */
class DependenciesTest {
    private static final Pattern ROW = Pattern.compile("^\\| ([a-z][\\w.-]*) \\| (\\d[\\w.-]*) \\|", Pattern.MULTILINE);
    private static final Pattern OF_THE_RUNNER =
            Pattern.compile("surefire-.*|junit-platform-(launcher|console|reporting).*");

    @Test
    void everyJarOfTheClassPathIsListedWithItsVersion() throws IOException {
        Set<String> jars = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).getFileName().toString())
                .filter(name -> name.endsWith(".jar"))
                .map(name -> name.substring(0, name.length() - ".jar".length()))
                .filter(name -> !OF_THE_RUNNER.matcher(name).matches())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(jars).isNotEmpty();
        assertThat(listed()).containsAll(jars);
    }

    @Test
    void everyListedJarIsOnTheClassPath() throws IOException {
        assertThat(System.getProperty("java.class.path")).contains(listed());
    }

    private static Set<String> listed() throws IOException {
        Set<String> listed = new TreeSet<>();
        Matcher row = ROW.matcher(Files.readString(Path.of("src/docs/dependencies.md")));
        while (row.find()) {
            listed.add(row.group(1) + "-" + row.group(2));
        }
        return listed;
    }
}
