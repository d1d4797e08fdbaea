package ahti.realpeers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Three programs of others and Ahti, each with a part that nobody else has: everybody has to give and to take. */
class SwarmIT {
    private static final Payload PAYLOAD = Payload.folder(
            "swarm", 64 << 10, Shape.ordered("one.bin", 3_000_000, "two.bin", 1_234_567, "three.bin", 500_000));

    @RegisterExtension
    final Stage stage = new Stage();

    @Test
    void allEndComplete() {
        Opentracker tracker = Opentracker.start(stage, PAYLOAD);
        Path torrent = stage.torrent(PAYLOAD, tracker.httpUrl());
        List<Client> clients = List.of(new Transmission(), new Libtorrent(), new Aria2());
        List<Path> folders = new ArrayList<>();
        List<Peer> peers = new ArrayList<>();

        for (Client client : clients) {
            folders.add(folderWithPart(folders.size()));
            // Whoever comes later dials: Transmission comes first, for it never dials a loopback address.
            peers.add(client.start(stage, torrent, folders.get(peers.size())).awaitListening());
            tracker.awaitPeers(PAYLOAD, peers.size());
        }
        Path ours = folderWithPart(folders.size());
        Ahti ahti = Ahti.get(stage, torrent, ours, "--seed=forever");

        peers.forEach(Peer::awaitComplete);
        ahti.program().awaitThat("completion", () -> PAYLOAD.faults(ours).isEmpty());
        for (Path folder : folders) {
            assertThat(PAYLOAD.faults(folder)).isEmpty();
        }
    }

    private Path folderWithPart(int part) {
        Path folder = stage.newFolder("part-" + part);
        PAYLOAD.write(folder, piece -> piece % 4 == part);
        return folder;
    }
}
