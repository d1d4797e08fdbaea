package ahti.realpeers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Peers that others wrote, on the same local network. There is no tracker and no DHT, and nobody dials by hand: who is found
 * is found by local service discovery. An announce is heard by whoever is there already.
 */
class LocalDiscoveryIT {
    private static final Payload PAYLOAD = Payload.file("by-lsd.bin", 2 << 20, 64 << 10);
    private static final String ANNOUNCED = "local discovery: announcing";

    @RegisterExtension
    final Stage stage = new Stage();

    /** The command on host a. */
    private Program ahti(LocalNetwork network, String command, Path torrent, Path folder, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                command,
                torrent.toString(),
                "-d",
                folder.toString(),
                "-p",
                Integer.toString(Ports.free()),
                "--state",
                "none",
                "--no-dht",
                "--no-trackers",
                "-vv"));
        arguments.addAll(List.of(more));
        return stage.start(
                "ahti", stage.newFolder("ahti"), network.on("a", Ahti.command(arguments.toArray(String[]::new))));
    }

    @Test
    void findsAndDownloadsFromLibtorrent() {
        LocalNetwork network = LocalNetwork.of(stage);
        Path torrent = stage.torrent(PAYLOAD);
        Path folder = stage.newFolder("incomplete");

        Program ahti = ahti(network, "get", torrent, folder);
        ahti.awaitLine("announce", line -> line.contains(ANNOUNCED));
        Libtorrent.near(stage, network, "b", torrent, stage.folderWith(PAYLOAD));

        assertThat(ahti.awaitExit()).as(ahti.describe()).isZero();
        assertThat(PAYLOAD.faults(folder)).isEmpty();
    }

    @Test
    void isFoundByLibtorrent() {
        LocalNetwork network = LocalNetwork.of(stage);
        Path torrent = stage.torrent(PAYLOAD);
        Path folder = stage.newFolder("incomplete");

        Program libtorrent = Libtorrent.near(stage, network, "b", torrent, folder);
        ahti(network, "seed", torrent, stage.folderWith(PAYLOAD), "--bind", "10.77.0.1");
        libtorrent.awaitLine("download", line -> line.equals("complete"));

        assertThat(PAYLOAD.faults(folder)).isEmpty();
    }

    @Test
    void findsAndServesAria2() {
        LocalNetwork network = LocalNetwork.of(stage);
        Path torrent = stage.torrent(PAYLOAD);
        Path folder = stage.newFolder("incomplete");

        Program ahti = ahti(network, "seed", torrent, stage.folderWith(PAYLOAD), "--bind", "ahti0");
        ahti.awaitLine("announce", line -> line.contains(ANNOUNCED));
        Program aria2 = Aria2.near(stage, network, "b", torrent, folder);

        assertThat(aria2.awaitExit()).as(aria2.describe()).isZero();
        assertThat(PAYLOAD.faults(folder)).isEmpty();
    }

    @Test
    void findsOverIpv6AnotherAhti() {
        LocalNetwork network = LocalNetwork.of(stage);
        Path torrent = stage.torrent(PAYLOAD);
        Path folder = stage.newFolder("incomplete");

        Program get = ahti(network, "get", torrent, folder, "--bind", "fd77::1");
        get.awaitLine("announce", line -> line.contains(ANNOUNCED));
        stage.start(
                "seed",
                stage.newFolder("seed"),
                network.on(
                        "b",
                        Ahti.command(
                                "seed",
                                torrent.toString(),
                                "-d",
                                stage.folderWith(PAYLOAD).toString(),
                                "--state",
                                "none",
                                "--no-dht",
                                "--no-trackers",
                                "--bind",
                                "fd77::2")));

        assertThat(get.awaitExit()).as(get.describe()).isZero();
        assertThat(PAYLOAD.faults(folder)).isEmpty();
    }
}
