/**
 * The life of one torrent: its phases, candidates, peers and choker; supervises everything below it.
 *
 * <p>Start at {@link ahti.torrent.Torrent}.
 */
@NullMarked
package ahti.torrent;

import org.jspecify.annotations.NullMarked;
