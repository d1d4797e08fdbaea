package ahti.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.cli.World;
import ahti.engine.Engine;
import ahti.engine.EngineSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ahti cat} with the real engine, over files that are here already. */
class CatTest {
    @TempDir
    Path cwd;

    private final byte[] film = new byte[300_000];
    private World world;

    @BeforeEach
    void download() throws IOException {
        new Random(1).nextBytes(film);
        Files.createDirectories(cwd.resolve("here/show"));
        Files.write(cwd.resolve("here/show/film, 1.mkv"), film);
        Files.write(cwd.resolve("here/show/notes.txt"), new byte[] {1, 2, 3, 4, 5});
        assertThat(new World(cwd).run("create", "here/show", "-o", "show.torrent"))
                .isZero();
        world = new World(cwd).engines((system, config) -> Engine.create(EngineSettings.real(system, config)));
    }

    private int cat(String... args) {
        List<String> all = new ArrayList<>(List.of("cat", "show.torrent"));
        all.addAll(List.of(args));
        all.addAll(List.of("-d", "here", "-p", "0", "--bind", "127.0.0.1", "--no-trackers"));
        return world.run(all.toArray(new String[0]));
    }

    @Test
    void writesAFileAndNothingElse() {
        assertThat(cat("film, 1.mkv")).isZero();

        assertThat(world.outBytes()).isEqualTo(film);
    }

    @Test
    void writesARange() {
        assertThat(cat("1", "--range", "100-199")).isZero();

        assertThat(world.outBytes()).isEqualTo(Arrays.copyOfRange(film, 100, 200));
    }

    @Test
    void writesSeveralFilesOneAfterTheOther() {
        assertThat(cat("*")).isZero();

        assertThat(world.outBytes()).hasSize(300_005).startsWith(film).endsWith(1, 2, 3, 4, 5);
    }

    @Test
    void endsWellWhenNobodyTakesMore() {
        assertThat(failing("Broken pipe")).isZero();
        assertThat(world.err()).doesNotContain("✗");
    }

    @Test
    void failsWhenTheOutputCannotBeWritten() {
        assertThat(failing("No space left on device")).isEqualTo(9);
        assertThat(world.err()).contains("cannot write to standard output: No space left on device");
    }

    private int failing(String failure) {
        world.data(new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException(failure);
            }
        });
        return cat("1");
    }

    @Test
    void saysWhatItCannotDo() {
        assertThat(cat()).isEqualTo(28);
        assertThat(world.err()).contains("there are 2 files: say which");
        assertThat(cat("3")).isEqualTo(3);
        assertThat(cat("no such")).isEqualTo(3);
        assertThat(cat("2", "--range", "5-")).isEqualTo(28);
        assertThat(world.err()).contains("--range: there are no such bytes in a file of 5");
        assertThat(cat("*", "--range", "0-1")).isEqualTo(28);
        assertThat(cat("1", "--json")).isEqualTo(28);
        assertThat(world.outBytes()).isEmpty();
    }

    @Test
    void keepsNothingUnlessToldTo() throws Exception {
        CompletableFuture<Integer> code = CompletableFuture.supplyAsync(
                () -> world.run("cat", "show.torrent", "2", "-p", "0", "--bind", "127.0.0.1"),
                task -> new Thread(task, "ahti").start());

        world.signal("INT");

        assertThat(code.get(60, TimeUnit.SECONDS)).isEqualTo(130);
        assertThat(world.err()).contains("stopped before everything was read");
        assertThat(world.outBytes()).isEmpty();
        try (var left = Files.list(cwd.resolve("home/.cache/ahti"))) {
            assertThat(left).isEmpty();
        }
    }
}
