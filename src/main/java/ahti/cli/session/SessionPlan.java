package ahti.cli.session;

import ahti.core.MonotonicClock;
import ahti.torrent.TorrentSpec;
import java.nio.file.Path;

/**
 * What a session is to do.
 *
 * @param path what the user gets: the file, or the root directory
 * @param completed run once when every wanted piece is stored; must not wait
 */
public record SessionPlan(TorrentSpec spec, Path path, Rules rules, MonotonicClock clock, Runnable completed) {}
