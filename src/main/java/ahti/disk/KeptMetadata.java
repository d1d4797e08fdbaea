package ahti.disk;

import ahti.core.InfoHash;
import java.nio.file.Path;

/** The metadata that a magnet link led to, kept for the next run: a .torrent file beside the torrent's resume record. */
public final class KeptMetadata {

    private KeptMetadata() {}

    /** Where they are. */
    public static Path file(Path stateDirectory, InfoHash infoHash) {
        return stateDirectory.resolve(infoHash.hex() + ".torrent");
    }
}
