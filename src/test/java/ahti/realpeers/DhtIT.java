package ahti.realpeers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * DHT nodes that others wrote. There is no tracker and nobody dials by hand: whoever finds a peer finds it in the DHT.
 * Transmission, whose node speaks to no loopback address, takes part in {@link DhtNetworkIT}.
 */
class DhtIT {
    private static final Payload PAYLOAD = Payload.file("by-dht.bin", 2 << 20, 64 << 10);
    private static final String NO_DOOR = "dht.bootstrap=[]";

    @RegisterExtension
    final Stage stage = new Stage();

    private static String door(int port) {
        return "dht.bootstrap=[\"127.0.0.1:" + port + "\"]";
    }

    @Test
    void findsAndDownloadsFromLibtorrent() {
        Path torrent = stage.torrent(PAYLOAD);
        Path folder = stage.newFolder("incomplete");

        Peer seeder = Libtorrent.inDht()
                .start(stage, torrent, stage.folderWith(PAYLOAD))
                .awaitComplete();
        Ahti ahti = Ahti.get(stage, torrent, folder, "--set", door(seeder.port()), "--set", "dht.search-pause=5s");

        assertThat(ahti.awaitExit()).isZero();
        assertThat(PAYLOAD.faults(folder)).isEmpty();
    }

    @Test
    void followsALinkThatIsNothingButAHash() {
        Path folder = stage.newFolder("incomplete");
        Peer seeder = Libtorrent.inDht()
                .start(stage, stage.torrent(PAYLOAD), stage.folderWith(PAYLOAD))
                .awaitComplete();

        Ahti ahti = Ahti.follow(
                stage, PAYLOAD.infoHash(), folder, "--set", door(seeder.port()), "--set", "dht.search-pause=5s");

        assertThat(ahti.awaitExit()).isZero();
        assertThat(PAYLOAD.faults(folder)).isEmpty();
    }

    @Test
    void isFoundByLibtorrent() {
        Path torrent = stage.torrent(PAYLOAD);
        Path folder = stage.newFolder("incomplete");

        Peer leecher = Libtorrent.inDht().start(stage, torrent, folder).awaitListening();
        Ahti.seed(stage, torrent, stage.folderWith(PAYLOAD), "--set", door(leecher.port()));
        leecher.awaitComplete();

        assertThat(PAYLOAD.faults(folder)).isEmpty();
    }

    @Test
    void isFoundByAria2() {
        Path torrent = stage.torrent(PAYLOAD);
        Path folder = stage.newFolder("incomplete");

        Ahti ahti = Ahti.seed(stage, torrent, stage.folderWith(PAYLOAD), "--set", NO_DOOR);
        new Aria2(ahti.port()).start(stage, torrent, folder).awaitComplete();

        assertThat(PAYLOAD.faults(folder)).isEmpty();
    }

    @Test
    void findsAndDownloadsFromAria2() {
        Path torrent = stage.torrent(PAYLOAD);
        Path folder = stage.newFolder("incomplete");
        // Aria2 enters the DHT through a node that shares something else.
        Payload other = Payload.file("other.bin", 64 << 10, 64 << 10);
        Ahti node = Ahti.seed(stage, stage.torrent(other), stage.folderWith(other), "--set", NO_DOOR);

        new Aria2(node.port()).start(stage, torrent, stage.folderWith(PAYLOAD)).awaitComplete();
        Ahti ahti = Ahti.get(stage, torrent, folder, "--set", door(node.port()), "--set", "dht.search-pause=5s");

        assertThat(ahti.awaitExit()).isZero();
        assertThat(PAYLOAD.faults(folder)).isEmpty();
    }

    @Test
    void listsWhomLibtorrentKnows() {
        Path torrent = stage.torrent(PAYLOAD);
        Peer node = Libtorrent.inDht()
                .start(stage, torrent, stage.newFolder("incomplete"))
                .awaitListening();
        Ahti seed = Ahti.seed(stage, torrent, stage.folderWith(PAYLOAD), "--set", door(node.port()));
        node.awaitComplete();

        Program list = Ahti.run(
                stage,
                "dht",
                "get",
                PAYLOAD.infoHash(),
                "--bootstrap",
                node.address(),
                "--bind",
                "127.0.0.1",
                "-p",
                Integer.toString(Ports.free()),
                "--state",
                "none");

        assertThat(list.awaitExit()).as(list.describe()).isZero();
        assertThat(list.stdout()).contains(seed.address());
    }
}
