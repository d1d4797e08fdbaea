package ahti.testkit.record.live;

import ahti.config.Configuration;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What to record, and how.
 *
 * @param configuration of the engine
 * @param version of Ahti, for the reader
 * @param file where to; what is there already must be a recording, and is replaced
 * @param masked whether addresses, peer ids, names and paths are replaced by others
 * @param warn hears, in a sentence, when the recording ends before the engine does
 */
public record RecordingPlan(
        Configuration configuration, String version, Path file, boolean masked, Consumer<String> warn) {}
