package ahti.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.cli.World;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code get --record} and {@code replay}, around a download that finds nobody. */
@Timeout(120)
class ReplayTest {
    @TempDir
    Path cwd;

    @BeforeEach
    void aTorrent() throws Exception {
        Files.createDirectories(cwd.resolve("src"));
        Files.write(cwd.resolve("src/album.iso"), new byte[30_000]);
        assertThat(new World(cwd).run("create", "src/album.iso")).isZero();
    }

    /** Everything is there already, so that the engine ends by itself. */
    private int record(String... more) {
        String[] arguments = ("get album.iso.torrent -d src -p 0 --bind 127.0.0.1 --state none --no-trackers "
                        + String.join(" ", more))
                .split(" ");
        return new World(cwd).run(arguments);
    }

    @Test
    void recordsADownloadAndReplaysIt() throws Exception {
        assertThat(record("--record", "it.rec")).isZero();
        World plain = new World(cwd);
        World json = new World(cwd);
        World talk = new World(cwd);

        assertThat(plain.run("replay", "it.rec")).isZero();
        assertThat(plain.out())
                .contains("torrent   album.iso, 29.3 KiB in 2 pieces")
                .contains("ended     the engine ended")
                .endsWith("replayed  the same, step by step\n");
        assertThat(json.run("replay", "--json", "it.rec")).isZero();
        assertThat(json.out()).contains("\"equal\":true", "\"torn\":false", "\"divergence\":null");
        assertThat(talk.run("replay", "-v", "it.rec")).isZero();
        assertThat(talk.out()).contains("  user  state SEEDING").contains("  end   the engine ended");
    }

    @Test
    void recordsWithoutAnyName() {
        assertThat(record("--record-masked", "it.rec")).isZero();
        World world = new World(cwd);

        assertThat(world.run("replay", "it.rec")).isZero();
        assertThat(world.out()).contains(", masked\ntorrent   torrent, ").doesNotContain("album");
    }

    @Test
    void saysWhatIsWrongWithAFile() throws Exception {
        assertThat(record("--record", "it.rec")).isZero();
        byte[] good = Files.readAllBytes(cwd.resolve("it.rec"));
        byte[] newer = good.clone();
        newer[9] = 99;

        assertThat(replay("none")).isEqualTo("3 ahti: it: no such file\n".replace("it:", "file:"));
        assertThat(replay(Files.readAllBytes(cwd.resolve("album.iso.torrent"))))
                .isEqualTo("26 ahti: file: not a recording of Ahti\n");
        assertThat(replay(newer)).startsWith("29 ahti: file: the recording has format 99; this Ahti reads up to 2");
        assertThat(replay(Arrays.copyOf(good, 40)))
                .isEqualTo("26 ahti: file: the recording was cut off before its first chunk was whole\n");
        assertThat(replay(Arrays.copyOf(good, good.length - 1))).isEqualTo("0 ");
    }

    private String replay(Object content) throws Exception {
        Files.deleteIfExists(cwd.resolve("file"));
        if (content instanceof byte[] bytes) {
            Files.write(cwd.resolve("file"), bytes);
        }
        World world = new World(cwd);
        return world.run("replay", "file") + " " + world.err();
    }

    @Test
    void neverRecordsOverSomethingElse() throws Exception {
        assertThat(record("--record", "it.rec")).isZero();
        assertThat(record("--record", "it.rec")).isZero();
        byte[] torrent = Files.readAllBytes(cwd.resolve("album.iso.torrent"));
        World world = new World(cwd);

        assertThat(world.run("get", "album.iso.torrent", "-d", "src", "--record", "album.iso.torrent"))
                .isEqualTo(13);
        assertThat(world.err()).contains("is there already, and is no recording");
        assertThat(Files.readAllBytes(cwd.resolve("album.iso.torrent"))).isEqualTo(torrent);
        assertThat(record("--record", "no/such/it.rec")).isEqualTo(17);
        assertThat(record("--record", "a", "--record-masked", "b")).isEqualTo(28);
        assertThat(new String(torrent, StandardCharsets.ISO_8859_1)).startsWith("d");
    }
}
