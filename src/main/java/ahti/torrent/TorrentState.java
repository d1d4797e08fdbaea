package ahti.torrent;

/** Where in its life a torrent is. */
public enum TorrentState {
    /** Only a magnet link is known: peers are asked what the torrent is. */
    METADATA,
    /** Existing files are being read and verified. */
    CHECKING,
    /** Wanted pieces are missing and fetched. */
    DOWNLOADING,
    /** Every wanted piece is stored; others are served. */
    SEEDING,
    /** At rest, by the user's wish or because of a problem that may pass. */
    PAUSED,
    /** Cannot go on. */
    FAILED
}
