package ahti.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.cli.World;
import ahti.cli.screen.Statuses;
import ahti.cli.session.ScriptedEngine;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code demo} with engines that play: the seeds announce, the download copies. */
@Timeout(60)
class DemoTest {
    @TempDir
    Path cwd;

    private final AtomicInteger announced = new AtomicInteger();
    private World world;

    @BeforeEach
    void engines() {
        world = new World(cwd).engines((system, config) -> {
            assertThat(config.net().ports()).containsExactly(0);
            assertThat(config.net().bind()).containsExactly("127.0.0.1");
            return new ScriptedEngine(this::play, spec -> Statuses.seeding().now()).behavior();
        });
    }

    private List<TorrentEvent> play(TorrentSpec spec) {
        try {
            if (spec.seedOnly()) {
                announce(spec.metainfo().trackers().get(0).get(0));
            } else {
                copy(spec.directory().resolveSibling("seed"), spec.directory());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.of(new TorrentEvent.Finished(spec.metainfo().infoHash(), spec.seedOnly()));
    }

    private void announce(String url) throws IOException {
        String peer = "-AH0100-00000000000" + announced.incrementAndGet();
        String query = "?info_hash=" + "A".repeat(20) + "&peer_id=" + peer
                + "&port=1&uploaded=0&downloaded=0&left=0&compact=1";
        try (InputStream answer = URI.create(url + query).toURL().openStream()) {
            assertThat(answer.readAllBytes()).isNotEmpty();
        }
    }

    /** Copies a tree. */
    void copy(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path path : tree.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }

    @Test
    void saysWhatItDidAndLeavesNothingBehind() {
        assertThat(world.run("demo", "--size", "3M")).isZero();

        assertThat(world.out()).isEmpty();
        assertThat(world.err())
                .containsSubsequence(
                        "making 3.0 MiB in 6 files in ",
                        "sharing it from 2 engines, through a tracker at http://127.0.0.1:",
                        "downloading it, as 'ahti get' does\n",
                        "✓ ahti-demo  ",
                        "compared 6 files with what was shared: every byte of 3.0 MiB is equal\n");
        Path scratch = Path.of(world.err().replaceAll("(?s).* files in (\\S+)\n.*", "$1"));
        assertThat(scratch.getFileName().toString()).startsWith("ahti-demo-");
        assertThat(scratch).doesNotExist();
    }

    @Test
    void keepsEverythingWhenAskedTo() {
        assertThat(world.run("demo", "--size", "2M", "--keep", "here", "-q")).isZero();

        assertThat(world.err()).isEmpty();
        assertThat(cwd.resolve("here/download/ahti-demo/large.bin")).exists().hasSize(1_179_086);
    }

    @Test
    void refusesMoreThanTheDiskHolds() {
        assertThat(world.run("demo", "--size", "8000000T")).isEqualTo(9);
        assertThat(world.err()).contains("choose a smaller --size").hasLineCount(1);
        assertThat(world.run("demo", "--size", "1K")).isEqualTo(28);
    }
}
