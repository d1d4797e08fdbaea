package ahti.cli.command;

import ahti.cli.env.CommandFailure;
import ahti.cli.env.Env;
import ahti.cli.env.ExitCode;
import ahti.cli.options.ByteRange;
import ahti.cli.options.SeedGoal;
import ahti.cli.play.Copying;
import ahti.cli.play.FileRun;
import ahti.cli.session.Rules;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ahti cat}: the bytes of a file to standard output while it downloads. */
@Command(
        name = "cat",
        header = "Write a file to standard output while it downloads.",
        sortOptions = false,
        description = {
            "In order, each byte verified, at the pace of whoever reads:",
            "  ahti cat X.torrent | tar xf -",
            "Several files that FILE names are written one after the other.%n"
        })
final class CatCommand implements Callable<Integer> {
    private final Env env;

    @Parameters(
            index = "0",
            paramLabel = "SOURCE",
            description = "A .torrent file or its URL, - for standard input, a magnet link, or its hash.")
    String source = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FILE",
            description = "A number, name, pattern or /regex/. Needed when there are several files.")
    Optional<String> file = Optional.empty();

    @Option(
            names = "--range",
            paramLabel = "A-B",
            description = "Only these bytes, counted from 0, B included: 0-1023, 1024- or, for the end, -1024.")
    Optional<ByteRange> range = Optional.empty();

    @Mixin
    ReadOptions reading = new ReadOptions();

    @Mixin
    EngineOptions engine = new EngineOptions();

    @Mixin
    HelpOption help = new HelpOption();

    CatCommand(Env env) {
        this.env = env;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (engine.json) {
            throw new CommandFailure(ExitCode.BAD_OPTION, "--json: standard output is for the file's bytes");
        }
        Links.Followed torrent = reading.torrent(env, engine, source);
        List<FileRun> runs = runs(new ReadFiles(torrent.metainfo()));
        // A screen between lines of the file would be no use to anybody.
        engine.quiet |= env.machine().terminal().stdoutIsTerminal();
        try (ReadPlace place = reading.place(env)) {
            List<Integer> files = runs.stream().map(FileRun::file).toList();
            Rules rules = new Rules(
                    reading.timeout,
                    Optional.empty(),
                    reading.network.total,
                    SeedGoal.Forever.FOREVER,
                    false,
                    place.isKept());
            return new Transfer(env, engine, Transfer.PathOutput.NEVER, Optional.empty())
                    .using(lines -> new Copying(runs, env.machine().data()))
                    .run(reading.spec(env, engine, torrent, files, place), rules, reading.network.settings(env));
        }
    }

    private List<FileRun> runs(ReadFiles files) {
        if (file.isEmpty() && files.count() > 1) {
            throw new CommandFailure(
                    ExitCode.BAD_OPTION,
                    "there are " + files.count() + " files: say which ('ahti get --list' shows them), or '*' for all");
        }
        List<Integer> chosen = file.map(files::named).orElseGet(() -> List.of(files.first()));
        if (range.isEmpty()) {
            return chosen.stream()
                    .map(index -> new FileRun(index, 0, files.entry(index).length()))
                    .toList();
        }
        if (chosen.size() > 1) {
            throw new CommandFailure(ExitCode.BAD_OPTION, "--range: FILE names " + chosen.size() + " files");
        }
        int only = chosen.get(0);
        long length = files.entry(only).length();
        ByteRange.Span span = range.get()
                .in(length)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.BAD_OPTION, "--range: there are no such bytes in a file of " + length));
        return List.of(new FileRun(only, span.from(), span.to()));
    }
}
