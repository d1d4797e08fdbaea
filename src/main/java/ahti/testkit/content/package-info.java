/**
 * Torrents whose bytes are computed, so that they need no memory and no file. Start at
 * {@link ahti.testkit.content.SimulatedTorrent}.
 */
@NullMarked
package ahti.testkit.content;

import org.jspecify.annotations.NullMarked;
