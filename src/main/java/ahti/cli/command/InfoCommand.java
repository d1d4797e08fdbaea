package ahti.cli.command;

import ahti.cli.env.CommandFailure;
import ahti.cli.env.Env;
import ahti.cli.env.ExitCode;
import ahti.cli.options.SeedGoal;
import ahti.cli.session.Rules;
import ahti.core.Limits;
import ahti.disk.RealFileStore;
import ahti.metainfo.Magnet;
import ahti.metainfo.Metainfo;
import ahti.metainfo.ReadResult;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ahti info}: what a torrent says of itself; of a magnet link, what peers say. */
@Command(
        name = "info",
        header = "Show what a torrent contains; of a magnet link, ask peers.",
        sortOptions = false,
        footer = "%nOptions about peers, trackers and ports are for links.")
final class InfoCommand implements Callable<Integer> {
    private final Env env;

    @Parameters(
            paramLabel = "SOURCE",
            description = "A .torrent file or its URL, - for standard input, a magnet link, or its hash.")
    String source = "";

    @Option(names = "--magnet", description = "Print the magnet link, and nothing else.")
    boolean magnet;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Of a link or URL: save a .torrent file.")
    Optional<String> output = Optional.empty();

    @Option(names = "--force", description = "Put it in the place of a file that is there.")
    boolean force;

    @Option(names = "--timeout", paramLabel = "TIME", description = "Give up after TIME without any peer.")
    Optional<Duration> timeout = Optional.empty();

    @Mixin
    NetworkOptions network = new NetworkOptions();

    @Mixin
    EngineOptions engine = new EngineOptions();

    @Mixin
    HelpOption help = new HelpOption();

    InfoCommand(Env env) {
        this.env = env;
    }

    @Override
    public Integer call() throws InterruptedException {
        Limits limits = engine.settings.limits(env);
        ReadResult read = read(limits);
        if (magnet) {
            env.stdout().println(Magnet.of(known(read)).toUri());
        } else if (output.isEmpty()) {
            Description torrent = Description.of(read);
            if (engine.json) {
                env.stdout().println(torrent.json());
            } else {
                InfoText.print(torrent, env.stdout());
            }
        }
        return ExitCode.OK.code();
    }

    private ReadResult read(Limits limits) throws InterruptedException {
        Links links = new Links(env, limits);
        Optional<Magnet> link = links.magnet(source);
        if (link.isEmpty() && output.isPresent() && !WebSource.isUrl(source)) {
            throw new CommandFailure(ExitCode.BAD_OPTION, "--output: " + source + " is a .torrent file already");
        }
        Optional<TorrentOutput> file = output.map(path -> new TorrentOutput(new RealFileStore(), env.path(path)));
        if (!force) {
            file.ifPresent(TorrentOutput::refuseIfThere);
        }
        if (link.isEmpty()) {
            Sources sources = links.sources(network, engine);
            byte[] torrent = sources.bytes(source);
            ReadResult read = sources.read(source, torrent);
            file.ifPresent(to -> to.write(torrent));
            return read;
        }
        Rules rules = new Rules(timeout, Optional.empty(), network.total, SeedGoal.None.NONE, false);
        Links.Followed followed = links.follow(link.get(), network, engine, rules);
        file.ifPresent(to -> to.write(Links.torrent(followed.metainfo(), limits)));
        return new ReadResult.Ok(followed.metainfo());
    }

    private Metainfo known(ReadResult read) {
        if (read instanceof ReadResult.Ok ok) {
            return ok.metainfo();
        }
        throw new CommandFailure(
                ExitCode.UNSUPPORTED, source + ": magnet links for BitTorrent v2 alone are not supported yet");
    }
}
