package ahti.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.cli.World;
import ahti.cli.screen.Statuses;
import ahti.cli.session.ScriptedEngine;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentSpec;
import ahti.torrent.TorrentState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code seed} around an engine that plays a script. */
@Timeout(60)
class SeedTest {
    @TempDir
    Path cwd;

    private World world;

    @BeforeEach
    void aTorrent() throws Exception {
        world = new World(cwd);
        Files.createDirectories(cwd.resolve("src/album/cd1"));
        Files.write(cwd.resolve("src/album/a.iso"), new byte[30_000]);
        assertThat(new World(cwd).run("create", "src/album", "-t", "http://127.0.0.1:1/announce"))
                .isZero();
    }

    @Test
    void seedsAPathAndLeavesTheTorrentBesideIt() throws Exception {
        ScriptedEngine engine = completing();

        assertThat(engine(engine).run("seed", "src/album", "--until", "0.0", "-t", "udp://127.0.0.1:1"))
                .isZero();

        assertThat(world.out()).isEqualTo(cwd.resolve("src/album.torrent") + "\n");
        TorrentSpec spec = engine.spec();
        assertThat(spec.seedOnly()).isTrue();
        assertThat(spec.superSeed()).isFalse();
        assertThat(spec.directory()).isEqualTo(cwd.resolve("src"));
        assertThat(spec.metainfo().trackers()).isEqualTo(List.of(List.of("udp://127.0.0.1:1")));
    }

    @Test
    void aFirstSeedMaySuperSeed() throws Exception {
        ScriptedEngine engine = completing();

        assertThat(engine(engine).run("seed", "src/album", "--super", "--until", "0.0"))
                .isZero();

        assertThat(engine.spec().superSeed()).isTrue();
    }

    @Test
    void sharesNothingWhereNothingIs() {
        assertThat(engine(completing()).run("seed", "album.torrent", "-d", "src/album/cd1"))
                .isEqualTo(3);
        assertThat(world.err()).contains("nothing of 'album' is in ").hasLineCount(1);
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
}
