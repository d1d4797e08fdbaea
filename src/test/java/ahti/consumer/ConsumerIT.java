package ahti.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A Maven project that knows nothing but our coordinates: what it inherits, and that it runs, with the version of Pekko that
 * it chooses. Needs the jar that {@code package} makes, and a package registry when Maven has not seen that Pekko before.
 */
@Timeout(300)
class ConsumerIT {
    private static final Path RESOURCES = Path.of("src/test/resources/ahti/consumer");

    /** In nobody's way, not even in that of another check on this machine. */
    private final String version = "0-consumer-" + ProcessHandle.current().pid();

    @TempDir
    Path project;

    private Path published;
    private Path jar;

    @BeforeEach
    void publish() throws IOException {
        jar = onlyJar(Path.of("target"));
        published = localRepository().resolve("io/github/ahti/ahti").resolve(version);
        Files.createDirectories(published);
        Files.copy(jar, published.resolve("ahti-" + version + ".jar"));
        String pom = Files.readString(Path.of("pom.xml"));
        Files.writeString(
                published.resolve("ahti-" + version + ".pom"),
                pom.replaceFirst("<version>[^<]*</version>", "<version>" + version + "</version>"));
    }

    @AfterEach
    void withdraw() throws IOException {
        try (Stream<Path> files = Files.walk(published)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void theJarHasAModuleName() throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            assertThat(file.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
                    .isEqualTo("ahti");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.7.0", "1.2.1"})
    void anApplicationInheritsFourDependenciesAndDownloads(String pekko) throws Exception {
        Files.copy(RESOURCES.resolve("Consumer.java"), project.resolve("Consumer.java"));
        Files.writeString(
                project.resolve("pom.xml"),
                Files.readString(RESOURCES.resolve("pom.xml"))
                        .replace("@AHTI@", version)
                        .replace("@PEKKO@", pekko));

        run(List.of("mvn", "-B", "-ntp", "compile"));

        List<String> tree = Files.readAllLines(project.resolve("target/tree.txt"));
        assertThat(direct(tree))
                .containsExactlyInAnyOrder(
                        "org.apache.pekko:pekko-actor-typed_2.13",
                        "org.apache.pekko:pekko-stream-typed_2.13",
                        "com.typesafe:config",
                        "org.slf4j:slf4j-api");
        assertThat(new TreeSet<>(tree.stream().map(ConsumerIT::artifact).toList()))
                .as(String.join("\n", tree))
                .isSubsetOf(
                        "org.example:consumer",
                        "io.github.ahti:ahti",
                        "org.apache.pekko:pekko-actor-typed_2.13",
                        "org.apache.pekko:pekko-stream-typed_2.13",
                        "com.typesafe:config",
                        "org.slf4j:slf4j-api",
                        // and theirs
                        "org.apache.pekko:pekko-actor_2.13",
                        "org.apache.pekko:pekko-stream_2.13",
                        "org.apache.pekko:pekko-slf4j_2.13",
                        "org.apache.pekko:pekko-protobuf-v3_2.13",
                        "org.reactivestreams:reactive-streams",
                        "org.scala-lang:scala-library",
                        "com.typesafe:ssl-config-core_2.13");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        assertThat(run(List.of(java, "-cp", "target/classes:target/lib/*", "Consumer")))
                .contains("downloaded 10000 bytes with Pekko " + pekko);
    }

    /** What our artifact depends on itself: one step below it in the tree. */
    private static List<String> direct(List<String> tree) {
        return tree.stream()
                .filter(line -> line.matches("^ {3}(\\+-|\\\\-) .*"))
                .map(ConsumerIT::artifact)
                .toList();
    }

    private static String artifact(String line) {
        String[] parts = line.replaceFirst("^[ |+\\\\-]*", "").split(":", -1);
        return parts[0] + ":" + parts[1];
    }

    private String run(List<String> command) throws Exception {
        Path output = project.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        process.getOutputStream().close();
        try {
            assertThat(process.waitFor(240, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String said = Files.readString(output);
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    /** Where Maven took our own dependencies from. */
    private static Path localRepository() {
        Path pekko = Path.of(ActorSystem.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        Path at = pekko;
        while (!at.endsWith("org")) {
            at = at.getParent();
        }
        return at.getParent();
    }

    private static Path onlyJar(Path target) {
        try (Stream<Path> files = Files.list(target)) {
            List<Path> jars = files.filter(file -> file.getFileName().toString().matches("ahti-.*\\.jar"))
                    .toList();
            assertThat(jars).hasSize(1);
            return jars.get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
