package ahti.cli.command;

import ahti.cli.env.CommandFailure;
import ahti.cli.env.Env;
import ahti.cli.env.ExitCode;
import ahti.cli.env.Json;
import ahti.cli.options.TimeSpan;
import ahti.cli.session.Logs;
import ahti.core.ByteCount;
import ahti.disk.RealFileStore;
import ahti.testkit.record.RecordingFile;
import ahti.testkit.record.event.Header;
import ahti.testkit.record.format.UnreadableRecording;
import ahti.testkit.record.replay.Divergence;
import ahti.testkit.record.replay.Replay;
import ahti.testkit.record.replay.Transcript;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ahti replay}: does a recorded engine's work again, without network and disk, and compares. */
@Command(
        name = "replay",
        header = "Replay a recording and compare what the engine does.",
        sortOptions = false,
        footer = {
            "%nRecordings are made by 'ahti get --record FILE'. Nothing is downloaded or written.",
            "Ends with 32 when the engine of this version does anything else than the recorded one did."
        })
final class ReplayCommand implements Callable<Integer> {
    private final Env env;

    @Parameters(paramLabel = "FILE", description = "A recording.")
    String file = "";

    @Option(
            names = {"-v", "--verbose"},
            description = "Print the conversation: the engine's words on the left, the others' on the right.")
    boolean verbose;

    @Option(names = "--json", description = "Print one JSON object.")
    boolean json;

    @Option(names = "--log", paramLabel = "FILE", description = "Append the log of the replayed engine to FILE.")
    Optional<String> log = Optional.empty();

    @Mixin
    HelpOption help = new HelpOption();

    ReplayCommand(Env env) {
        this.env = env;
    }

    @Override
    public Integer call() {
        Logs.begin(0, log.map(env::path), env.stderr()::println);
        Path path = env.path(file);
        try (RecordingFile recording = RecordingFile.open(new RealFileStore(), path)) {
            Replay replay = new Replay(recording);
            if (verbose && !json) {
                Transcript.write(recording, env.stdout()::println);
            }
            return told(replay.header(), replay.run());
        } catch (NoSuchFileException e) {
            throw new CommandFailure(ExitCode.NOT_FOUND, file + ": no such file");
        } catch (UnreadableRecording e) {
            throw new CommandFailure(code(e.kind()), file + ": " + e.sentence());
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.DISK, "cannot read " + path + ": " + e.getMessage());
        }
    }

    private static ExitCode code(UnreadableRecording.Kind kind) {
        boolean other = kind == UnreadableRecording.Kind.NEWER || kind == UnreadableRecording.Kind.OLDER;
        return other ? ExitCode.UNSUPPORTED : ExitCode.BAD_METAINFO;
    }

    private int told(Header header, Replay.Outcome outcome) {
        env.stdout().print(json ? json(header, outcome) + "\n" : summary(header, outcome));
        if (outcome.divergence().isEmpty()) {
            return ExitCode.OK.code();
        }
        if (!header.ahti().equals(VersionCommand.version())) {
            env.stderr()
                    .println("recorded by Ahti " + header.ahti() + ", replayed by " + VersionCommand.version()
                            + ": what differs may be a change, and no fault");
        }
        return ExitCode.VERIFY_FAILED.code();
    }

    private static String summary(Header header, Replay.Outcome outcome) {
        String torrent =
                header.torrent().name() + ", " + new ByteCount(header.torrent().totalLength()) + " in "
                        + header.torrent().layout().pieces() + " pieces";
        String end = outcome.torn()
                ? "it is cut off; replayed up to its last whole part"
                : outcome.end().orElse("it just stops: whoever recorded was ended");
        String verdict = outcome.divergence()
                .map(Divergence::describe)
                .map(difference -> "DIFFERENT " + difference)
                .orElse("the same, step by step");
        return "recorded  by Ahti " + header.ahti() + " on Java " + header.java() + (header.masked() ? ", masked" : "")
                + "\ntorrent   " + torrent
                + "\nlasted    " + TimeSpan.show(outcome.lasted().toSeconds()) + ", " + outcome.inputs() + " inputs, "
                + outcome.entries() + " entries"
                + "\nended     " + end
                + "\nreplayed  " + verdict + "\n";
    }

    private static Json json(Header header, Replay.Outcome outcome) {
        return new Json()
                .put("ahti", header.ahti())
                .put("java", header.java())
                .put("masked", header.masked())
                .put("name", header.torrent().name())
                .put("length", header.torrent().totalLength())
                .put("seconds", outcome.lasted().toMillis() / 1000.0)
                .put("inputs", outcome.inputs())
                .put("entries", outcome.entries())
                .put("end", outcome.end())
                .put("torn", outcome.torn())
                .put("equal", outcome.divergence().isEmpty())
                .put(
                        "divergence",
                        outcome.divergence()
                                .map(difference -> new Json()
                                        .put("step", difference.step())
                                        .put("seconds", difference.at().toNanos() / 1e9)
                                        .put("expected", difference.expected())
                                        .put("came", difference.came())));
    }
}
