/**
 * Trackers of one's own: {@link ahti.testkit.tracker.TrackerServer} behind real sockets,
 * {@link ahti.testkit.tracker.SimulatedTracker} on a simulated network; both the same behind their desks.
 */
@NullMarked
package ahti.testkit.tracker;

import org.jspecify.annotations.NullMarked;
