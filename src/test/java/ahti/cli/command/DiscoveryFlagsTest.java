package ahti.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.cli.World;
import ahti.config.AhtiConfig;
import ahti.config.DiscoveryConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where the command looks for peers, and where a library does. */
@Timeout(60)
class DiscoveryFlagsTest {
    @TempDir
    Path cwd;

    private World world;
    private final List<DiscoveryConfig> seen = new CopyOnWriteArrayList<>();

    @BeforeEach
    void aTorrent() throws Exception {
        Files.write(cwd.resolve("a.iso"), new byte[30_000]);
        assertThat(new World(cwd).run("create", "a.iso")).isZero();
        world = new World(cwd).engines((system, config) -> {
            seen.add(config.discovery());
            throw new IllegalArgumentException("enough is seen");
        });
    }

    @Test
    void theCommandAsksTheLocalNetworkUnlessToldNotTo() {
        world.run("get", "a.iso.torrent");
        world.run("get", "a.iso.torrent", "--no-lpd");
        world.run("seed", "a.iso.torrent", "--set", "discovery.lpd=off");

        assertThat(seen).extracting(DiscoveryConfig::lpd).containsExactly(true, false, false);
    }

    @Test
    void peersTellOfPeersUnlessToldNotTo() {
        world.run("get", "a.iso.torrent");
        world.run("get", "a.iso.torrent", "--no-pex");

        assertThat(seen).extracting(config -> config.pex().isOn()).containsExactly(true, false);
    }

    @Test
    void aLibraryAsksItOnlyWhenTold() {
        assertThat(AhtiConfig.load().discovery().lpd()).isFalse();
    }

    @Test
    void whatMakesNoSenseIsNamed() {
        assertThat(world.run("get", "a.iso.torrent", "--set", "discovery.lpd-interval=0s"))
                .isEqualTo(28);
        assertThat(world.run("get", "a.iso.torrent", "--set", "discovery.lpd-peers=0"))
                .isEqualTo(28);
        assertThat(world.run("get", "a.iso.torrent", "--set", "discovery.pex-per-address=0"))
                .isEqualTo(28);

        assertThat(world.err())
                .contains("pex-per-address = 0 at least 1")
                .contains("ahti.discovery.lpd-interval must be positive, not 0s")
                .contains("ahti.discovery.lpd-peers must be 1 or more, not 0");
        assertThat(seen).isEmpty();
    }
}
