package ahti.engine;

import ahti.torrent.Problem;
import ahti.torrent.TorrentState;
import java.util.Optional;

/**
 * One line of a {@link Engine.Listing}. Figures that change all the time are for {@code Torrent.GetStatus}.
 *
 * @param problem why it is paused or failed
 * @param revision of the engine when this line changed last
 */
public record TorrentSummary(TorrentRef torrent, TorrentState state, Optional<Problem> problem, long revision) {}
