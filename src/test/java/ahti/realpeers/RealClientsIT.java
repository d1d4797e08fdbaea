package ahti.realpeers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The other programs among themselves, without Ahti: when this fails, look at the machine before you look at Ahti.
 * Transmission is left out, for it takes its time: it gives out its upload slots every ten seconds only.
 */
class RealClientsIT {
    private static final Payload PAYLOAD = Payload.file("among-themselves.bin", 4 << 20, 64 << 10);

    @RegisterExtension
    final Stage stage = new Stage();

    static Stream<Client> clients() {
        return Stream.of(new Aria2(), new Libtorrent(), new Rtorrent());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clients")
    void libtorrentDownloadsFrom(Client client) {
        Opentracker tracker = Opentracker.start(stage, PAYLOAD);
        Path torrent = stage.torrent(PAYLOAD, tracker.httpUrl());
        Path folder = stage.newFolder("incomplete");

        Peer seeder = client.start(stage, torrent, stage.folderWith(PAYLOAD)).awaitComplete();
        Peer libtorrent = new Libtorrent().start(stage, torrent, folder);
        Libtorrent.dial(libtorrent, seeder.port());
        libtorrent.awaitComplete();

        assertThat(PAYLOAD.faults(folder)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clients")
    void downloadsFromLibtorrent(Client client) {
        Path torrent = stage.torrent(PAYLOAD, Stage.NO_TRACKER);
        Path folder = stage.newFolder("incomplete");

        Peer libtorrent = new Libtorrent()
                .start(stage, torrent, stage.folderWith(PAYLOAD))
                .awaitComplete();
        Peer leecher = client.start(stage, torrent, folder).awaitListening();
        Libtorrent.dial(libtorrent, leecher.port());
        leecher.awaitComplete();

        assertThat(PAYLOAD.faults(folder)).isEmpty();
        assertThat(libtorrent.uploaded().getAsLong()).isGreaterThanOrEqualTo(PAYLOAD.size());
    }

    @Test
    void findTheirKindOverUdp() {
        Opentracker tracker = Opentracker.start(stage, PAYLOAD);
        Path torrent = stage.torrent(PAYLOAD, tracker.udpUrl());
        Path folder = stage.newFolder("incomplete");

        new Libtorrent().start(stage, torrent, stage.folderWith(PAYLOAD)).awaitComplete();
        new Libtorrent().start(stage, torrent, folder).awaitComplete();

        assertThat(PAYLOAD.faults(folder)).isEmpty();
    }
}
