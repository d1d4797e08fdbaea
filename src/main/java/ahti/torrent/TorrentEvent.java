package ahti.torrent;

import ahti.core.InfoHash;
import ahti.metainfo.Metainfo;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** What happens in a torrent's life that its user wants to know at once. */
public sealed interface TorrentEvent {

    /** Which torrent. */
    InfoHash infoHash();

    /** It is in another state now. */
    record StateChanged(InfoHash infoHash, TorrentState state) implements TorrentEvent {}

    /**
     * Only its magnet link was known; now the torrent itself is, and its hash was checked.
     *
     * @param peers addresses that were met on the way; of a private torrent none
     */
    record MetadataKnown(InfoHash infoHash, Metainfo metainfo, List<InetSocketAddress> peers) implements TorrentEvent {
        public MetadataKnown {
            peers = List.copyOf(peers);
        }
    }

    /** Every wanted piece is verified and stored. Told once, also when it was so at the start, and not again after a restart. */
    record Finished(InfoHash infoHash, boolean wasComplete) implements TorrentEvent {}

    /**
     * Enough was shared ({@link TorrentSpec#goal}), and it rests. Whoever resumes it has it shared without a goal.
     *
     * @param uploaded bytes
     * @param seeding for how long it was complete
     */
    record SeedingGoalReached(InfoHash infoHash, long uploaded, Duration seeding) implements TorrentEvent {}

    /** It was paused or failed by this problem. */
    record ProblemRaised(InfoHash infoHash, Problem problem) implements TorrentEvent {}

    /**
     * A bug ended it, and it begins again. Nothing that was stored is lost; when it cannot be helped, a {@link ProblemRaised}
     * with a {@link Problem.Bug} comes instead.
     *
     * @param cause what was thrown
     * @param why the innermost cause, as one line
     * @param restart which restart in a row this is, from 1
     * @param most how many there may be in a row ({@code ahti.engine.restarts})
     * @param pause from now to the restart
     */
    record Restarting(InfoHash infoHash, Throwable cause, String why, int restart, int most, Duration pause)
            implements TorrentEvent {}

    /** A piece matched its hash and is in its files: it counts, and is served. Not told for what was there at the start. */
    record PieceVerified(InfoHash infoHash, int piece) implements TorrentEvent {}

    /** A piece did not match its hash and is fetched again. */
    record PieceCorrupt(InfoHash infoHash, int piece) implements TorrentEvent {}

    /** A peer was dropped for breaking a rule. In a flood of them some are not told: a hundred at once are, then ten a second. */
    record PeerDropped(InfoHash infoHash, String address, String reason) implements TorrentEvent {}

    /** A tracker's warning or failure, cleaned for the screen. */
    record TrackerSaid(InfoHash infoHash, String url, String text) implements TorrentEvent {}
}
