/**
 * A recorded engine at work: paced by the real clock, fed by the real world, everything written down. Start at
 * {@link ahti.testkit.record.live.LiveSession}.
 */
@NullMarked
package ahti.testkit.record.live;

import org.jspecify.annotations.NullMarked;
