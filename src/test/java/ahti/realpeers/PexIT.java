package ahti.realpeers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Peers that others tell of. Everybody knows one peer and no tracker; that one gives next to nothing, so whoever gets the data
 * has them from a peer that it was told of.
 */
class PexIT {
    private static final Payload PAYLOAD = Payload.file("by-word-of-mouth.bin", 4 << 20, 64 << 10);

    @RegisterExtension
    final Stage stage = new Stage();

    @Test
    void findsAPeerOfWhichLibtorrentTells() {
        Path torrent = stage.torrent(PAYLOAD);
        Path folder = stage.newFolder("incomplete");
        Peer seeder = new Libtorrent()
                .start(stage, torrent, stage.folderWith(PAYLOAD))
                .awaitComplete();
        Peer between =
                Libtorrent.idle().start(stage, torrent, stage.newFolder("idle")).awaitListening();
        Libtorrent.dial(between, seeder.port());

        Ahti ahti = Ahti.getFrom(stage, torrent, folder, between.address());

        assertThat(ahti.awaitExit()).isZero();
        assertThat(PAYLOAD.faults(folder)).isEmpty();
    }

    @Test
    void tellsLibtorrentOfAPeer() {
        Path torrent = stage.torrent(PAYLOAD);
        Path folder = stage.newFolder("incomplete");
        Ahti between = Ahti.get(
                        stage,
                        torrent,
                        stage.newFolder("idle"),
                        "--no-trackers",
                        "--no-dht",
                        "--up",
                        "1K",
                        "--down",
                        "10K")
                .awaitListening();
        // It says where it listens, or nobody could be told.
        Peer seeder = new Libtorrent()
                .start(stage, torrent, stage.folderWith(PAYLOAD))
                .awaitComplete();
        Libtorrent.dial(seeder, between.port());

        Peer leecher = new Libtorrent().start(stage, torrent, folder).awaitListening();
        Libtorrent.dial(leecher, between.port());
        leecher.awaitComplete();

        assertThat(PAYLOAD.faults(folder)).isEmpty();
    }
}
