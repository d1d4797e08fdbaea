package ahti.cli.command;

import ahti.cli.env.CommandFailure;
import ahti.cli.env.Env;
import ahti.cli.env.ExitCode;
import ahti.cli.env.Json;
import ahti.cli.options.TrackerTier;
import ahti.core.ByteCount;
import ahti.core.Limits;
import ahti.disk.FileStore;
import ahti.disk.RealFileStore;
import ahti.metainfo.MetainfoReader;
import ahti.metainfo.PieceSizes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ahti create}: makes a .torrent file. */
@Command(name = "create", header = "Make a torrent of a file or a directory.", sortOptions = false)
final class CreateCommand implements Callable<Integer> {
    private final Env env;
    private final FileStore store = new RealFileStore();

    @Parameters(paramLabel = "PATH", description = "What to share.")
    String path = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write to FILE, or to standard output: -. Default: PATH's name with .torrent, here.")
    Optional<String> output = Optional.empty();

    @Option(
            names = {"-t", "--tracker"},
            paramLabel = "URL[,URL]",
            description = "Trackers of one tier; repeat for further tiers.")
    List<TrackerTier> trackers = new ArrayList<>();

    @Option(
            names = {"-w", "--web-seed"},
            paramLabel = "URL",
            description = "A web server with the same files. May be repeated.")
    List<String> webSeeds = new ArrayList<>();

    @Option(names = "--piece-size", paramLabel = "SIZE", description = "A power of two from 16K. Default: by size.")
    Optional<ByteCount> pieceSize = Optional.empty();

    @Option(names = "--align", description = "Let every file begin with a piece of its own, padding between them.")
    boolean align;

    @Option(names = "--private", description = "Peers come from the trackers only.")
    boolean isPrivate;

    @Option(names = "--comment", paramLabel = "TEXT", description = "A comment.")
    Optional<String> comment = Optional.empty();

    @Option(names = "--source", paramLabel = "TEXT", description = "Which site it is for; changes the info hash.")
    Optional<String> source = Optional.empty();

    @Option(names = "--no-date", description = "Leave the date out.")
    boolean noDate;

    @Option(names = "--no-creator", description = "Leave the program's name out.")
    boolean noCreator;

    @Option(names = "--force", description = "Overwrite FILE.")
    boolean force;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print errors only.")
    boolean quiet;

    @Option(names = "--json", description = "Print one JSON object instead of the path.")
    boolean json;

    @Mixin
    SettingsOptions settings = new SettingsOptions();

    @Mixin
    HelpOption help = new HelpOption();

    CreateCommand(Env env) {
        this.env = env;
    }

    @Override
    public Integer call() throws InterruptedException {
        Limits limits = settings.limits(env);
        Path data = env.path(path);
        boolean toStdout = output.equals(Optional.of("-"));
        if (toStdout && json) {
            throw new CommandFailure(ExitCode.BAD_OPTION, "-o - and --json both want standard output");
        }
        TorrentMaker.Wishes wishes = wishes(limits);
        TorrentOutput target = new TorrentOutput(store, env.path(output.orElse(data.getFileName() + ".torrent")));
        if (!toStdout && !force) {
            target.refuseIfThere();
        }
        byte[] torrent = new TorrentMaker(env, limits, store, quiet).make(data, wishes);
        if (toStdout) {
            env.stdout().write(torrent, 0, torrent.length);
            return ExitCode.OK.code();
        }
        target.write(torrent);
        env.stdout().println(json ? described(torrent, target.path(), limits) : target.path());
        return ExitCode.OK.code();
    }

    private TorrentMaker.Wishes wishes(Limits limits) {
        return new TorrentMaker.Wishes(
                trackers.stream().map(TrackerTier::urls).toList(),
                webSeeds,
                pieceSize.isPresent() ? OptionalInt.of(pieceLength(pieceSize.get(), limits)) : OptionalInt.empty(),
                isPrivate,
                comment,
                align,
                source,
                noCreator ? Optional.empty() : Optional.of("Ahti/" + VersionCommand.version()),
                noDate
                        ? Optional.empty()
                        : Optional.of(env.machine().wallClock().instant()));
    }

    private static int pieceLength(ByteCount size, Limits limits) {
        long bytes = size.bytes();
        if (Long.bitCount(bytes) != 1 || bytes < PieceSizes.SHORTEST || bytes > limits.pieceLength()) {
            throw new CommandFailure(
                    ExitCode.BAD_OPTION,
                    "--piece-size: " + size + " is not a power of two from " + new ByteCount(PieceSizes.SHORTEST)
                            + " to " + new ByteCount(limits.pieceLength()));
        }
        return (int) bytes;
    }

    private static Json described(byte[] torrent, Path written, Limits limits) {
        Description torrentSays = Description.of(MetainfoReader.read(torrent, limits));
        return torrentSays.json().put("path", written);
    }
}
