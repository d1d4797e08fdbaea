/**
 * Leaves the torrent's own data out of a recording, and makes up data in its place. Start at
 * {@link ahti.testkit.record.payload.Packing}.
 */
@NullMarked
package ahti.testkit.record.payload;

import org.jspecify.annotations.NullMarked;
