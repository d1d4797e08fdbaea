/**
 * Whom we send to (BEP 3), and how many: decisions only, without actors and clocks.
 *
 * <p>{@link ahti.torrent.choking.Choker} gives slots to who is best to us, {@link ahti.torrent.choking.RoundRobin} to one after
 * the other, {@link ahti.torrent.choking.BesideNeighbours} leaves them to distant peers, {@link
 * ahti.torrent.choking.SlotCount} says how many there are. {@link ahti.torrent.choking.SuperSeeding} says which pieces
 * peers of a super-seed may know of (BEP 16).
 */
@NullMarked
package ahti.torrent.choking;

import org.jspecify.annotations.NullMarked;
