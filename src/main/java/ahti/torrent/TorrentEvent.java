package ahti.torrent;

import ahti.core.InfoHash;

/** What happens in a torrent's life that its user wants to know at once. */
public sealed interface TorrentEvent {

    /** Which torrent. */
    InfoHash infoHash();

    /** It is in another state now. */
    record StateChanged(InfoHash infoHash, TorrentState state) implements TorrentEvent {}

    /** Every wanted piece is verified and stored. Told once, also when it was so at the start. */
    record Finished(InfoHash infoHash, boolean wasComplete) implements TorrentEvent {}

    /** It was paused or failed by this problem. */
    record ProblemRaised(InfoHash infoHash, Problem problem) implements TorrentEvent {}

    /** A piece did not match its hash and is fetched again. */
    record PieceCorrupt(InfoHash infoHash, int piece) implements TorrentEvent {}

    /** A peer was dropped for breaking a rule. */
    record PeerDropped(InfoHash infoHash, String address, String reason) implements TorrentEvent {}

    /** A tracker's warning or failure, cleaned for the screen. */
    record TrackerSaid(InfoHash infoHash, String url, String text) implements TorrentEvent {}
}
