package ahti.realpeers;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.testkit.tracker.TrackerServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The test kit's tracker is real enough for the programs of others, and for Ahti. */
class OwnTrackerIT {
    private static final Payload PAYLOAD = Payload.file("found-by-ourselves.bin", 2 << 20, 64 << 10);

    @RegisterExtension
    final Stage stage = new Stage();

    private TrackerServer tracker;

    @BeforeEach
    void startTracker() throws IOException {
        tracker = TrackerServer.start();
    }

    @AfterEach
    void endTracker() {
        tracker.close();
    }

    /**
     * Not Transmission, which never dials a loopback address, and not rTorrent, which, told of itself and of a seeder at
     * the same address, was seen to dial itself only.
     */
    static Stream<Client> clients() {
        return Stream.of(new Aria2(), new Libtorrent());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clients")
    void othersAreLedToASeeder(Client client) {
        Path torrent = stage.torrent(PAYLOAD, tracker.url());
        Path folder = stage.newFolder("incomplete");

        startAnnouncedSeeder(torrent);
        client.start(stage, torrent, folder).awaitComplete();

        assertThat(PAYLOAD.faults(folder)).isEmpty();
    }

    @ParameterizedTest(name = "over UDP: {0}")
    @ValueSource(booleans = {false, true})
    void ahtiIsLedToASeeder(boolean udp) {
        Path torrent = stage.torrent(PAYLOAD, udp ? tracker.udpUrl() : tracker.url());
        Path folder = stage.newFolder("incomplete");

        startAnnouncedSeeder(torrent);
        Ahti ahti = Ahti.get(stage, torrent, folder);

        assertThat(ahti.awaitExit()).isZero();
        assertThat(PAYLOAD.faults(folder)).isEmpty();
    }

    private void startAnnouncedSeeder(Path torrent) {
        Peer seeder = new Libtorrent()
                .start(stage, torrent, stage.folderWith(PAYLOAD))
                .awaitComplete();
        seeder.program().awaitThat("announce", () -> tracker.announces() > 0);
    }
}
