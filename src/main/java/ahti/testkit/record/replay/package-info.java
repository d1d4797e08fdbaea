/**
 * Runs an engine on what was recorded of another, and compares what the two do. Start at
 * {@link ahti.testkit.record.replay.Replay}.
 */
@NullMarked
package ahti.testkit.record.replay;

import org.jspecify.annotations.NullMarked;
