package ahti.realpeers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs that others wrote download from Ahti. */
class SeedIT {
    private static final Payload PAYLOAD = Payload.file("from-ahti.bin", 8 << 20, 128 << 10);

    @RegisterExtension
    final Stage stage = new Stage();

    static Stream<Client> clients() {
        return Stream.of(new Transmission(), new Aria2(), new Libtorrent(), new Rtorrent());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clients")
    void dialsAndFeeds(Client client) {
        Path torrent = stage.torrent(PAYLOAD, Stage.NO_TRACKER);
        Path folder = stage.newFolder("incomplete");

        Peer leecher = client.start(stage, torrent, folder).awaitListening();
        Ahti.seed(stage, torrent, stage.folderWith(PAYLOAD), "--no-trackers", "--peer", leecher.address());
        leecher.awaitComplete();

        assertThat(PAYLOAD.faults(folder)).isEmpty();
    }

    /** Alone with one peer, there is nobody whom that one could pass a piece on to: it must get the next all the same. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("clients")
    void aSuperSeedFeedsThemPieceByPiece(Client client) {
        Path torrent = stage.torrent(PAYLOAD, Stage.NO_TRACKER);
        Path folder = stage.newFolder("incomplete");

        Peer leecher = client.start(stage, torrent, folder).awaitListening();
        Ahti.seed(stage, torrent, stage.folderWith(PAYLOAD), "--no-trackers", "--super", "--peer", leecher.address());
        leecher.awaitComplete();

        assertThat(PAYLOAD.faults(folder)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void isDialledAndFeeds(Shape shape) {
        Payload payload = shape.payload();
        Path torrent = stage.torrent(payload, Stage.NO_TRACKER);
        Path folder = stage.newFolder("incomplete");

        Ahti ahti = Ahti.seed(stage, torrent, stage.folderWith(payload), "--no-trackers");
        Peer leecher = new Libtorrent().start(stage, torrent, folder);
        Libtorrent.dial(leecher, ahti.port());
        leecher.awaitComplete();

        assertThat(payload.faults(folder)).isEmpty();
    }
}
