package ahti.realpeers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ahti and others find each other through opentracker. */
class TrackersIT {
    private static final Payload PAYLOAD = Payload.file("found.bin", 2 << 20, 64 << 10);

    @RegisterExtension
    final Stage stage = new Stage();

    @Test
    void findsASeederOverHttp() {
        findsASeeder(Opentracker::httpUrl);
    }

    @Test
    void findsASeederOverUdp() {
        findsASeeder(Opentracker::udpUrl);
    }

    @Test
    void isFoundOverHttp() {
        isFound(Opentracker::httpUrl, new Aria2());
    }

    @Test
    void isFoundOverUdp() {
        isFound(Opentracker::udpUrl, new Libtorrent());
    }

    @Test
    void scrapes() {
        Opentracker tracker = Opentracker.start(stage, PAYLOAD);
        Path torrent = stage.torrent(PAYLOAD, tracker.httpUrl(), tracker.udpUrl());
        Ahti.seed(stage, torrent, stage.folderWith(PAYLOAD));
        tracker.awaitPeers(PAYLOAD, 1);

        Program scrape = Ahti.run(stage, "scrape", torrent.toString());

        assertThat(scrape.awaitExit()).isZero();
        assertThat(scrape.stdout())
                .containsExactlyInAnyOrder(tracker.httpUrl() + "\t1\t0\t0", tracker.udpUrl() + "\t1\t0\t0");
    }

    private void findsASeeder(Function<Opentracker, String> url) {
        Opentracker tracker = Opentracker.start(stage, PAYLOAD);
        Path torrent = stage.torrent(PAYLOAD, url.apply(tracker));
        Path folder = stage.newFolder("incomplete");

        new Libtorrent().start(stage, torrent, stage.folderWith(PAYLOAD)).awaitComplete();
        tracker.awaitPeers(PAYLOAD, 1);
        Ahti ahti = Ahti.get(stage, torrent, folder);

        assertThat(ahti.awaitExit()).isZero();
        assertThat(PAYLOAD.faults(folder)).isEmpty();
        tracker.awaitPeers(PAYLOAD, 1);
    }

    private void isFound(Function<Opentracker, String> url, Client client) {
        Opentracker tracker = Opentracker.start(stage, PAYLOAD);
        Path torrent = stage.torrent(PAYLOAD, url.apply(tracker));
        Path folder = stage.newFolder("incomplete");

        Ahti ahti = Ahti.seed(stage, torrent, stage.folderWith(PAYLOAD));
        tracker.awaitPeers(PAYLOAD, 1);
        client.start(stage, torrent, folder).awaitComplete();
        assertThat(PAYLOAD.faults(folder)).isEmpty();

        ahti.program().signal("INT");
        assertThat(ahti.program().awaitExit()).isIn(0, 130);
        tracker.awaitPeers(PAYLOAD, 1);
    }
}
