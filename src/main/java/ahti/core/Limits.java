package ahti.core;

/**
 * What a stranger can make large, and how large it may become. Read from {@code ahti.limits} in reference.conf, where
 * each is explained; handed to every parser.
 *
 * @param torrentFileBytes a .torrent file
 * @param bencodeDepth lists and dictionaries inside each other
 * @param bencodeItems values in one bencoded message
 * @param pieceLength bytes of a piece
 * @param pieces pieces of a torrent
 * @param files files of a torrent
 * @param pathDepth names in the path of a file
 * @param trackers tracker URLs of a torrent
 * @param trackerBodyBytes an HTTP tracker's answer, after inflation
 * @param trackerPeers peers taken from one answer
 */
public record Limits(
        int torrentFileBytes,
        int bencodeDepth,
        int bencodeItems,
        int pieceLength,
        int pieces,
        int files,
        int pathDepth,
        int trackers,
        int trackerBodyBytes,
        int trackerPeers) {

    /** The values of reference.conf, for code that reads no configuration; a test holds the two together. */
    public static final Limits DEFAULT = new Limits(
            16 * 1024 * 1024, 100, 10_000_000, 64 * 1024 * 1024, 4_000_000, 500_000, 100, 1_000, 1024 * 1024, 1_000);
}
