package ahti.realpeers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Magnet links: what they stand for is asked of others, and others ask it of us. With so many names it has two blocks. */
class MagnetIT {
    private static final Payload PAYLOAD = Payload.folder("by-magnet", 16 << 10, files());
    private static final String LINK = "magnet:?xt=urn:btih:" + PAYLOAD.infoHash();

    @RegisterExtension
    final Stage stage = new Stage();

    private static Map<String, Integer> files() {
        Map<String, Integer> files = new LinkedHashMap<>();
        for (int number = 100; number < 600; number++) {
            files.put("file-" + number + ".bin", 700);
        }
        return files;
    }

    static Stream<Client> clients() {
        return Stream.of(new Libtorrent(), new Aria2(), new Transmission());
    }

    private static String linkTo(String peer) {
        return LINK + "&x.pe=" + peer;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clients")
    void isFollowedToThemByUs(Client client) {
        Path folder = stage.newFolder("incomplete");
        Peer seeder = client.start(stage, stage.torrent(PAYLOAD), stage.folderWith(PAYLOAD))
                .awaitComplete();

        Ahti ahti = Ahti.follow(stage, linkTo(seeder.address()), folder);

        assertThat(ahti.awaitExit()).isZero();
        assertThat(PAYLOAD.faults(folder)).isEmpty();
    }

    @Test
    void isFollowedToUsByLibtorrent() {
        Path folder = stage.newFolder("incomplete");
        Ahti ahti = Ahti.seed(stage, stage.torrent(PAYLOAD), stage.folderWith(PAYLOAD));

        new Libtorrent().start(stage, linkTo(ahti.address()), folder).awaitComplete();

        assertThat(PAYLOAD.faults(folder)).isEmpty();
    }

    /** It knows no {@code x.pe}: it is dialled. */
    @Test
    void isFollowedToUsByAria2() {
        Path folder = stage.newFolder("incomplete");
        Peer leecher = new Aria2().start(stage, LINK, folder, PAYLOAD.size()).awaitListening();
        seedAndDial(leecher);

        leecher.awaitComplete();

        assertThat(PAYLOAD.faults(folder)).isEmpty();
    }

    /** It dials no loopback address: it is dialled. */
    @Test
    void isFollowedToUsByTransmission() {
        Path folder = stage.newFolder("incomplete");
        Peer leecher = new Transmission().start(stage, LINK, folder).awaitListening();
        seedAndDial(leecher);

        leecher.awaitComplete();

        assertThat(PAYLOAD.faults(folder)).isEmpty();
    }

    private void seedAndDial(Peer leecher) {
        Ahti.seed(
                stage,
                stage.torrent(PAYLOAD),
                stage.folderWith(PAYLOAD),
                "--peer",
                leecher.address(),
                "--set",
                "torrent.reconnect-pause=1s",
                "--set",
                "torrent.reconnect-pause-max=1s");
    }
}
