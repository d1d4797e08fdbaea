package ahti.cli.screen;

import ahti.torrent.PeerStatus;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentStatus;
import java.time.Duration;
import java.util.List;

/** Where a running torrent is shown. Called from one thread. */
public interface Screen {

    /** How often it wants a status. */
    Duration period();

    /** How often it wants one of a torrent that shares with nobody. */
    default Duration restingPeriod() {
        return period();
    }

    /** How many cells its piece map has; 0 for no map. */
    int cells();

    /** How things are now. {@code nowNanos} is monotonic. */
    void show(TorrentStatus status, long nowNanos);

    /** Whether it wants the peers, too, each time it wants a status. */
    default boolean showsPeers() {
        return false;
    }

    /** The connected peers now. */
    default void peers(List<PeerStatus> peers) {}

    /** The user pressed a key. */
    default void press(Key key) {}

    /** Something happened that people want to know at once. */
    void happened(TorrentEvent event);

    /** A sentence from us to the user, not an error. */
    void say(String sentence);

    /** The terminal has another width. */
    void resized(int columns);

    /** The end. Nothing is shown after it. */
    void ended(Closing closing);
}
