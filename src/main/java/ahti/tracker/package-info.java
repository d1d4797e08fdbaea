/**
 * Keeping a torrent known to its trackers, over HTTP and UDP (BEP 3, 12, 15, 23).
 *
 * <p>Start at {@link ahti.tracker.Announcer}.
 */
@NullMarked
package ahti.tracker;

import org.jspecify.annotations.NullMarked;
