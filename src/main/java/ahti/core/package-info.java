/**
 * The values everyone speaks in: info hashes, peer ids, blocks, bitfields, byte counts, rates.
 *
 * <p>Plain immutable types without actors, sockets or clocks. Start at {@link ahti.core.BlockRef}.
 */
@NullMarked
package ahti.core;

import org.jspecify.annotations.NullMarked;
