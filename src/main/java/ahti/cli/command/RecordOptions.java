package ahti.cli.command;

import ahti.cli.env.CommandFailure;
import ahti.cli.env.Engines;
import ahti.cli.env.Env;
import ahti.cli.env.ExitCode;
import ahti.config.Configuration;
import ahti.disk.RealFileStore;
import ahti.testkit.record.RecordingFile;
import ahti.testkit.record.live.RecordingPlan;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** Whether and where to a download is recorded. */
final class RecordOptions {
    @Option(
            names = "--record",
            paramLabel = "FILE",
            description = "Record what happens into FILE, for 'ahti replay': what a bug report needs.")
    Optional<String> record = Optional.empty();

    @Option(
            names = "--record-masked",
            paramLabel = "FILE",
            description = "The same, with addresses, peer ids, trackers, names and paths replaced.")
    Optional<String> masked = Optional.empty();

    boolean isWanted() {
        return record.isPresent() || masked.isPresent();
    }

    /** The engines to use: recorded ones when that is wanted. Fails when there is something else in the file's place. */
    Engines engines(Env env, Configuration configuration, Consumer<String> warn) {
        if (!isWanted()) {
            return env.machine().engines();
        }
        if (record.isPresent() && masked.isPresent()) {
            throw new CommandFailure(ExitCode.BAD_OPTION, "--record and --record-masked: choose one");
        }
        Path file = env.path(record.or(() -> masked).orElseThrow());
        begin(file);
        return new RecordedEngines(
                new RecordingPlan(configuration, VersionCommand.version(), file, masked.isPresent(), warn));
    }

    private void begin(Path file) {
        try (RecordingFile made = RecordingFile.create(new RealFileStore(), file)) {
            made.append(new byte[0]);
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailure(ExitCode.EXISTS, "--record: " + file + " is there already, and is no recording");
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.DISK, "--record: cannot write to " + file + ": " + e.getMessage());
        }
    }
}
