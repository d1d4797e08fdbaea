package ahti.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.cli.World;
import ahti.cli.screen.Statuses;
import ahti.cli.session.ScriptedEngine;
import ahti.torrent.Torrent;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ahti get} with several torrents. */
@Timeout(60)
class GetSeveralTest {
    @TempDir
    Path cwd;

    private World world;

    @BeforeEach
    void twoTorrents() throws Exception {
        world = new World(cwd);
        for (String name : List.of("album", "book")) {
            Files.createDirectories(cwd.resolve("src").resolve(name));
            Files.write(cwd.resolve("src").resolve(name).resolve("c.txt"), new byte[20]);
            assertThat(new World(cwd).run("create", "src/" + name)).isZero();
        }
    }

    private World engine(ScriptedEngine engine) {
        return world.engines((system, config) -> engine.behavior());
    }

    private static ScriptedEngine completing() {
        return new ScriptedEngine(
                spec -> List.of(
                        new TorrentEvent.StateChanged(spec.metainfo().infoHash(), TorrentState.DOWNLOADING),
                        new TorrentEvent.Finished(spec.metainfo().infoHash(), false),
                        new TorrentEvent.StateChanged(spec.metainfo().infoHash(), TorrentState.SEEDING)),
                spec -> Statuses.seeding().now());
    }

    @Test
    void severalTorrentsRunInOneEngineAndOneThatFailsStopsNoOther() throws Exception {
        ScriptedEngine engine = completing();

        int code = engine(engine)
                .run("get", "album.torrent", "missing.torrent", "book.torrent", "album.torrent", "--json");

        assertThat(code).isEqualTo(3);
        assertThat(List.of(
                        engine.spec().metainfo().name(),
                        engine.spec().metainfo().name()))
                .containsExactlyInAnyOrder("album", "book");
        assertThat(world.out().lines().filter(line -> line.contains("\"exit\":0")))
                .hasSize(2);
        assertThat(world.out().lines().filter(line -> line.contains("\"exit\":3")))
                .singleElement()
                .asString()
                .contains("\"source\":\"missing.torrent\"");
        assertThat(world.err()).isEqualTo("ahti: missing.torrent: no such file\n");
        assertThat(engine.asked().take()).as("the engine goes on for the other").isInstanceOf(Torrent.Stop.class);
    }

    @Test
    void severalTorrentsHaveARowEachOnATerminal() throws Exception {
        assertThat(engine(completing()).onTerminal().run("album.torrent", "book.torrent"))
                .isZero();

        assertThat(world.err()).contains("✓\u001b[0m album  ").contains("✓\u001b[0m book  ");
        assertThat(world.err().lastIndexOf("\u001b[?25h"))
                .isGreaterThanOrEqualTo(world.err().lastIndexOf("\u001b[?25l"));
    }

    @Test
    void whatIsForOneTorrentIsRefusedForSeveral() {
        assertThat(world.run("get", "album.torrent", "other.torrent", "-o", "name"))
                .isEqualTo(28);
        assertThat(world.run("get", "album.torrent", "other.torrent", "--list")).isEqualTo(28);
        assertThat(world.err()).contains("--output is for one SOURCE; there are 2");
    }
}
