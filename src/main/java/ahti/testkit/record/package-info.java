/**
 * Records an engine at work, and replays the recording under virtual time: the same decisions, at the same moments.
 *
 * <p>Start at {@link ahti.testkit.record.RecordedEngine} and {@link ahti.testkit.record.replay.Replay}; the file is described in
 * {@code src/docs/recording.md}.
 */
@NullMarked
package ahti.testkit.record;

import org.jspecify.annotations.NullMarked;
