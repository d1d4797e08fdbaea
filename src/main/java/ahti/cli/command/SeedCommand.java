package ahti.cli.command;

import ahti.cli.env.CommandFailure;
import ahti.cli.env.Env;
import ahti.cli.env.ExitCode;
import ahti.cli.options.SeedGoal;
import ahti.cli.options.TrackerTier;
import ahti.cli.session.Rules;
import ahti.core.Limits;
import ahti.core.Text;
import ahti.disk.FileStore;
import ahti.disk.RealFileStore;
import ahti.metainfo.Metainfo;
import ahti.torrent.TorrentSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ahti seed}: verifies what is there and shares it. */
@Command(
        name = "seed",
        header = "Share files that are here.",
        sortOptions = false,
        footer = EngineOptions.KEYS,
        description = {
            "With TORRENT: verifies its files in DIR and shares what is good; peers are asked what a link stands for.",
            "With PATH: uses PATH.torrent, which is made when it is not there; its path is printed.%n"
        })
final class SeedCommand implements Callable<Integer> {
    private static final int NAME_LENGTH = 200;

    private final Env env;
    private final FileStore store = new RealFileStore();

    @Parameters(
            paramLabel = "TORRENT|PATH",
            description = "A .torrent file, a magnet link or its hash; or the file or directory to share.")
    String source = "";

    @Option(
            names = {"-d", "--dir"},
            paramLabel = "DIR",
            description = "Where the files of TORRENT are. Default: the current directory.")
    String directory = "";

    @Option(
            names = {"-t", "--announce"},
            paramLabel = "URL[,URL]",
            description = "Trackers to write into a new PATH.torrent; repeat for further tiers.")
    List<TrackerTier> announce = new ArrayList<>();

    @Option(
            names = "--until",
            paramLabel = "GOAL",
            description = "Share to a ratio (2.0), for a time (30m), or forever, until Ctrl-C. Default: forever.")
    SeedGoal goal = SeedGoal.Forever.FOREVER;

    @Option(
            names = "--super",
            description = {
                "For the first seed of a torrent: show each peer a piece or two at a time, until another seed appears,",
                "so that little is sent twice. Slower for peers that have most of it already."
            })
    boolean superSeed;

    @Option(names = "--check", description = "Verify what is there, even if it looks untouched.")
    boolean check;

    @Mixin
    NetworkOptions network = new NetworkOptions();

    @Mixin
    EngineOptions engine = new EngineOptions();

    @Mixin
    HelpOption help = new HelpOption();

    SeedCommand(Env env) {
        this.env = env;
    }

    @Override
    public Integer call() throws InterruptedException {
        Limits limits = engine.settings.limits(env);
        boolean isTorrent =
                source.equals("-") || source.endsWith(".torrent") || WebSource.isUrl(source) || isLink(limits);
        String torrent =
                isTorrent ? source : torrentOf(env.path(source), limits).toString();
        Rules rules = new Rules(Optional.empty(), Optional.empty(), network.total, goal, true);
        Links.Followed followed = new Links(env, limits).torrent(torrent, network, engine, rules);
        Metainfo metainfo = followed.metainfo();
        DataPlace place = DataPlace.find(store, metainfo, env.path(isTorrent ? directory : source));
        if (!place.hasAny(store)) {
            throw new CommandFailure(
                    ExitCode.NOT_FOUND,
                    "nothing of '" + Text.clean(metainfo.name(), NAME_LENGTH) + "' is in " + place.base()
                            + ": say with -d where its files are, or fetch them with 'ahti get'");
        }
        TorrentSpec spec = new TorrentSpec(
                place.metainfo(),
                place.base(),
                Set.of(),
                false,
                check,
                true,
                network.addresses(followed.peers()),
                network.tiers(),
                !network.noTrackers,
                engine.stateDirectory(env));
        return new Transfer(env, engine, Transfer.PathOutput.NEVER, Optional.empty())
                .run(superSeed ? spec.superSeeding() : spec, rules, network.settings(env));
    }

    /** What is here is shared, even if it is called as a hash is. */
    private boolean isLink(Limits limits) {
        boolean isWord = !source.toLowerCase(Locale.ROOT).startsWith("magnet:");
        boolean isHere = isWord && new TorrentOutput(store, env.path(source)).isThere();
        return !isHere && new Links(env, limits).magnet(source).isPresent();
    }

    private Path torrentOf(Path data, Limits limits) throws InterruptedException {
        Path name = data.getFileName();
        if (name == null) {
            throw new CommandFailure(ExitCode.BAD_OPTION, data + " has no name to call a torrent by");
        }
        TorrentOutput target = new TorrentOutput(store, data.resolveSibling(name + ".torrent"));
        if (!target.isThere()) {
            List<List<String>> tiers = announce.stream().map(TrackerTier::urls).toList();
            TorrentMaker maker = new TorrentMaker(env, limits, store, engine.quiet);
            target.write(maker.make(data, TorrentMaker.Wishes.plain(tiers)));
        }
        if (!engine.json) {
            env.stdout().println(target.path());
        }
        return target.path();
    }
}
