package ahti.testkit.record.event;

import ahti.core.RateLimits;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** What the user of an engine may want of it, and of its torrent, while it runs. */
public sealed interface Wish {

    /** How is the torrent? {@code cells}: how many cells its map shall have. */
    record Status(int cells) implements Wish {}

    /** Who are its peers? */
    record Peers() implements Wish {}

    /** Announce to the trackers now. */
    record Reannounce() implements Wish {}

    /** Rest. */
    record Pause() implements Wish {}

    /** Go on. */
    record Resume() implements Wish {}

    /** Here are more candidates. */
    record AddPeers(List<InetSocketAddress> peers) implements Wish {
        public AddPeers {
            peers = List.copyOf(peers);
        }
    }

    /** Fetch these files. */
    record Select(RecordedSelection files) implements Wish {}

    /** Keep the torrent to these rates. */
    record LimitTorrent(RateLimits limits) implements Wish {}

    /** Keep the engine to these rates. */
    record LimitAll(RateLimits limits) implements Wish {}

    /** Stop the torrent. */
    record StopTorrent() implements Wish {}

    /** Which torrents are here, and what changed since that revision? */
    record Listing(long changedSince) implements Wish {}

    /** Remove the torrent, and what it stored, too, if that is wanted. */
    record Remove(boolean deleteData) implements Wish {}

    /** Stop the engine; {@code graceNanos}: how long that may take, empty for as long as is configured. */
    record Stop(Optional<Long> graceNanos) implements Wish {}
}
