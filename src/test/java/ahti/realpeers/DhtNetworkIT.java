package ahti.realpeers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** DHT nodes that others wrote, on hosts of their own: what cannot be tried on loopback. */
class DhtNetworkIT {
    private static final Payload OURS = Payload.file("ours.bin", 2 << 20, 64 << 10);
    private static final Payload THEIRS = Payload.file("theirs.bin", 2 << 20, 64 << 10);

    /** Transmission looks for nobody before it knows nine nodes, and it takes its time. */
    private static final Duration PATIENCE = Duration.ofSeconds(200);

    @RegisterExtension
    final Stage stage = new Stage();

    private Program ahti(
            LocalNetwork network, String command, Path torrent, Path folder, String address, int port, String door) {
        List<String> arguments = new ArrayList<>(List.of(command, torrent.toString(), "-d", folder.toString()));
        arguments.addAll(List.of("--bind", address, "-p", Integer.toString(port), "--state", "none"));
        arguments.addAll(List.of("--no-trackers", "--no-lpd", "--set", "dht.bootstrap=[" + door + "]"));
        arguments.addAll(List.of("--set", "dht.search-pause=5s", "-vv"));
        return stage.start(
                "ahti", stage.newFolder("ahti"), network.on("a", Ahti.command(arguments.toArray(String[]::new))));
    }

    @Test
    void transmissionFindsUsAndIsFound() {
        LocalNetwork network = LocalNetwork.of(stage);
        int port = Ports.free();
        String door = "10.77.0.1:" + port;
        Path ours = stage.torrent(OURS);
        Path theirs = stage.torrent(THEIRS);
        // The others ask for the way only once.
        ahti(network, "seed", ours, stage.folderWith(OURS), "10.77.0.1", port, "")
                .awaitLine("node", line -> line.contains("the DHT listens on"));
        Libtorrent.nodes(stage, network, "a", door, network.more("a", 11, 20))
                .awaitLine("nine other nodes", line -> line.equals("known 9"));

        Path fetched = stage.newFolder("incomplete");
        network.more("a", 3, 3);
        Program get = ahti(network, "get", theirs, fetched, "10.77.0.3", Ports.free(), "\"" + door + "\"");
        Path folder = stage.folderWith(THEIRS);
        Program transmission =
                Transmission.inDht(stage, network, "b", "10.77.0.2", door.replace(':', ' '), folder, ours, theirs);

        Await.until(
                "both ways",
                PATIENCE,
                () -> OURS.faults(folder).isEmpty() && !get.running(),
                () -> transmission.describe() + "\n" + get.describe());
        assertThat(get.awaitExit()).as(get.describe()).isZero();
        assertThat(THEIRS.faults(fetched)).isEmpty();
    }

    @Test
    void libtorrentFindsUsOverIpv6() {
        LocalNetwork network = LocalNetwork.of(stage);
        int port = Ports.free();
        Path ours = stage.torrent(OURS);
        Path folder = stage.newFolder("incomplete");
        Program libtorrent = Libtorrent.inDht(stage, network, "b", "[fd77::2]", ours, folder, port);
        ahti(network, "seed", ours, stage.folderWith(OURS), "fd77::1", Ports.free(), "\"[fd77::2]:" + port + "\"");

        libtorrent.awaitLine("download", line -> line.equals("complete"));
        assertThat(OURS.faults(folder)).isEmpty();
    }

    @Test
    void findsLibtorrentOverIpv6() {
        LocalNetwork network = LocalNetwork.of(stage);
        int port = Ports.free();
        Path theirs = stage.torrent(THEIRS);
        Path folder = stage.newFolder("incomplete");
        Libtorrent.inDht(stage, network, "b", "[fd77::2]", theirs, stage.folderWith(THEIRS), port)
                .awaitLine("completion", line -> line.equals("complete"));
        Program get = ahti(network, "get", theirs, folder, "fd77::1", Ports.free(), "\"[fd77::2]:" + port + "\"");

        assertThat(get.awaitExit()).as(get.describe()).isZero();
        assertThat(THEIRS.faults(folder)).isEmpty();
    }
}
