/** Who may stay connected when there is not room for all. Plain classes that decide; start at {@link ahti.torrent.room.PeerPriority}. */
@NullMarked
package ahti.torrent.room;

import org.jspecify.annotations.NullMarked;
