/**
 * The files of a torrent: storing verified pieces, reading blocks to serve, remembering what is stored.
 *
 * <p>The only place that opens files. Start at {@link ahti.disk.DiskWriter}.
 */
@NullMarked
package ahti.disk;

import org.jspecify.annotations.NullMarked;
