package ahti.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.cli.World;
import ahti.cli.screen.Statuses;
import ahti.cli.session.ScriptedEngine;
import ahti.engine.Engine;
import ahti.engine.EngineSettings;
import ahti.testkit.tracker.TrackerServer;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands that are given a link in place of a .torrent file, which an earlier run has followed already. */
@Timeout(90)
class LinkCommandsTest {
    @TempDir
    Path cwd;

    private final byte[] film = new byte[300_000];
    private World world;
    private String link;
    private String hash;

    @BeforeEach
    void aLinkAndItsData() throws IOException {
        new Random(1).nextBytes(film);
        Files.createDirectories(cwd.resolve("here"));
        Files.write(cwd.resolve("here/film"), film);
        assertThat(new World(cwd).run("create", "here/film", "-o", "film.torrent"))
                .isZero();
        World info = new World(cwd);
        assertThat(info.run("info", "--magnet", "film.torrent")).isZero();
        link = info.out().strip();
        hash = link.replaceAll(".*btih:([0-9a-f]{40}).*", "$1");
        Path state = Files.createDirectories(cwd.resolve("home/.local/state/ahti"));
        Files.move(cwd.resolve("film.torrent"), state.resolve(hash + ".torrent"));
        world = new World(cwd).engines((system, config) -> Engine.create(EngineSettings.real(system, config)));
    }

    private int run(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("-p", "0", "--bind", "127.0.0.1", "--no-trackers", "--no-lpd"));
        return world.run(all.toArray(new String[0]));
    }

    @Test
    void catWritesWhatTheLinkStandsFor() {
        assertThat(run("cat", link, "-d", "here")).isZero();
        assertThat(world.outBytes()).isEqualTo(film);

        assertThat(run("cat", hash, "-d", "here", "--range", "0-9")).isZero();
        assertThat(world.outBytes()).hasSize(film.length + 10);
    }

    @Test
    void playServesIt() {
        List<String> served = new ArrayList<>();
        world.processes((line, variables) -> {
            served.add(variables.get("AHTI_URL"));
            return 0;
        });

        String[] words = ("play|" + link + "|-d|here|-p|0|--bind|127.0.0.1|--no-trackers|--no-lpd|--|mpv").split("\\|");
        assertThat(world.run(words)).isZero();

        assertThat(served).singleElement().asString().matches("http://127.0.0.1:[0-9]+/1/film");
    }

    @Test
    void seedVerifiesAndSharesIt() {
        assertThat(run("seed", hash, "-d", "here", "--until", "0.0"))
                .as(world.err())
                .isZero();

        assertThat(run("seed", hash, "--until", "0.0")).isEqualTo(3);
        assertThat(world.err()).contains("nothing of 'film' is in " + cwd).contains("'ahti get'");
    }

    @Test
    void seedSharesAFileThatIsCalledAsAHashIs() throws IOException {
        Files.write(cwd.resolve(hash), film);

        assertThat(run("seed", hash, "--until", "0.0")).as(world.err()).isZero();

        assertThat(cwd.resolve(hash + ".torrent")).exists();
    }

    @Test
    void scrapeNeedsTheHashAndTrackersAlone() throws IOException {
        try (TrackerServer tracker = TrackerServer.start(TrackerServer.Settings.DEFAULT, () -> 0)) {
            assertThat(world.run("scrape", "magnet:?xt=urn:btih:" + "0".repeat(40) + "&tr=" + tracker.url()))
                    .isZero();
            assertThat(world.run("scrape", "1".repeat(40), "--tracker", tracker.url()))
                    .isZero();

            assertThat(world.out()).isEqualTo((tracker.url() + "\t0\t0\t0\n").repeat(2));
        }
        assertThat(world.run("scrape", hash)).isEqualTo(6);
        assertThat(world.err()).contains("name one with --tracker URL");
        assertThat(world.run("scrape", "magnet:?xt=urn:btih:12")).isEqualTo(27);
    }

    @Test
    void whatTheLinkSaysBesidesCountsAlsoWhenItsMetadataAreRemembered() throws Exception {
        ScriptedEngine engine = new ScriptedEngine(
                spec -> List.of(new TorrentEvent.Finished(spec.metainfo().infoHash(), false)),
                spec -> Statuses.seeding().now());
        world.engines((system, config) -> engine.behavior());

        assertThat(run(
                        "get",
                        link + "&tr=http%3A%2F%2Fnew.example%2Fa&x.pe=127.0.0.1:7&x.pe=some.name:8",
                        "-d",
                        "there"))
                .isZero();

        TorrentSpec spec = engine.spec();
        assertThat(spec.metainfo().trackers()).containsExactly(List.of("http://new.example/a"));
        assertThat(spec.peers()).containsExactly(new InetSocketAddress(InetAddress.getLoopbackAddress(), 7));
    }
}
