package ahti.realpeers;

import java.nio.file.Path;

/** A BitTorrent program that others wrote. */
interface Client {

    /**
     * Starts it: it checks what lies in the folder, fetches the rest, and goes on sharing until the test ends. To find
     * others it listens on {@link Peer#port} and uses the torrent's trackers, nothing else. Where it is not installed the
     * test is skipped, or fails in CI.
     */
    Peer start(Stage stage, Path torrent, Path folder);
}
