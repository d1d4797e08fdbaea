package ahti.realpeers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Ahti downloads from programs that others wrote. */
class GetIT {
    private static final Payload PAYLOAD = Payload.file("from-others.bin", 8 << 20, 128 << 10);

    @RegisterExtension
    final Stage stage = new Stage();

    static Stream<Client> clients() {
        return Stream.of(new Transmission(), new Aria2(), new Libtorrent(), new Rtorrent());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clients")
    void downloadsFrom(Client client) {
        download(PAYLOAD, client);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void downloads(Shape shape) {
        download(shape.payload(), new Libtorrent());
    }

    private void download(Payload payload, Client client) {
        Path torrent = stage.torrent(payload, Stage.NO_TRACKER);
        Path folder = stage.newFolder("incomplete");

        Peer seeder = client.start(stage, torrent, stage.folderWith(payload)).awaitComplete();
        Ahti ahti = Ahti.getFrom(stage, torrent, folder, seeder.address());

        assertThat(ahti.awaitExit()).isZero();
        assertThat(payload.faults(folder)).isEmpty();
    }
}
