/**
 * The file that a recording is kept in; {@code src/docs/recording.md} describes it. Start at
 * {@link ahti.testkit.record.format.RecordingWriter} and {@link ahti.testkit.record.format.RecordingReader}.
 */
@NullMarked
package ahti.testkit.record.format;

import org.jspecify.annotations.NullMarked;
