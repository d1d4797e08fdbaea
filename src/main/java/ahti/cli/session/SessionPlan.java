package ahti.cli.session;

import ahti.core.MonotonicClock;
import ahti.torrent.TorrentSpec;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a session is to do.
 *
 * @param path what the user gets: the file, or the root directory
 * @param completed run once when every wanted piece is stored; must not wait
 * @param isAlone whether the engine is there for this torrent only, and stops with it
 * @param use what else is done with the torrent; empty for nothing
 */
public record SessionPlan(
        TorrentSpec spec,
        Path path,
        Rules rules,
        MonotonicClock clock,
        Runnable completed,
        boolean isAlone,
        Optional<Use> use) {

    /** For the torrent's own sake. */
    public SessionPlan(TorrentSpec spec, Path path, Rules rules, MonotonicClock clock, Runnable completed) {
        this(spec, path, rules, clock, completed, true, Optional.empty());
    }
}
