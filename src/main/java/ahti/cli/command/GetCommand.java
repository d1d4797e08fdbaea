package ahti.cli.command;

import ahti.cli.env.CommandFailure;
import ahti.cli.env.Env;
import ahti.cli.env.ExitCode;
import ahti.cli.env.Json;
import ahti.cli.options.SeedGoal;
import ahti.cli.options.WebSeedUrls;
import ahti.cli.session.Rules;
import ahti.core.InfoHash;
import ahti.core.Limits;
import ahti.metainfo.FileSelection;
import ahti.metainfo.Magnet;
import ahti.metainfo.Metainfo;
import ahti.torrent.SeedingGoal;
import ahti.torrent.TorrentSpec;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ahti get}: download, verify, exit. */
@Command(
        name = "get",
        header = "Download, verify, exit. Resumes by itself.",
        sortOptions = false,
        footer = EngineOptions.KEYS)
final class GetCommand implements Callable<Integer> {
    private final Env env;

    @Parameters(
            arity = "1..*",
            paramLabel = "SOURCE",
            description =
                    "A .torrent file or its URL, - for standard input, a magnet link, or its hash. Several run at the same time.")
    List<String> sources = new ArrayList<>();

    @Option(
            names = {"-d", "--dir"},
            paramLabel = "DIR",
            description = "Put the files here. Default: the current directory.")
    String directory = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "NAME",
            description = "Call the file, or the torrent's directory, NAME.")
    Optional<String> output = Optional.empty();

    @Option(
            names = {"-f", "--files"},
            paramLabel = "CHOICE",
            description = "Only these files: numbers (1,3-5), patterns (*.iso), or /regex/. May be repeated.")
    List<String> files = new ArrayList<>();

    @Option(names = "--list", description = "List the files with their numbers, and do nothing else.")
    boolean list;

    @Option(names = "--high", paramLabel = "CHOICE", description = "Fetch these files before the others.")
    List<String> high = new ArrayList<>();

    @Option(names = "--low", paramLabel = "CHOICE", description = "Fetch these files after the others.")
    List<String> low = new ArrayList<>();

    @Option(names = "--sequential", description = "Fetch in order, for watching meanwhile.")
    boolean sequential;

    @Option(names = "--first-last", description = "Fetch both ends of each file first, where players look.")
    boolean firstLast;

    @Option(
            names = "--seed",
            arity = "0..1",
            fallbackValue = "forever",
            paramLabel = "GOAL",
            description = "Share afterwards: to a ratio (2.0), for a time (30m), or until Ctrl-C.")
    SeedGoal seed = SeedGoal.None.NONE;

    @Option(names = "--timeout", paramLabel = "TIME", description = "Give up after TIME without any peer.")
    Optional<Duration> timeout = Optional.empty();

    @Option(names = "--stall", paramLabel = "TIME", description = "Give up after TIME without progress.")
    Optional<Duration> stall = Optional.empty();

    @Option(names = "--check", description = "Verify what is there, even if it looks untouched.")
    boolean check;

    @Option(
            names = "--on-complete",
            paramLabel = "CMD",
            description = "Run CMD when complete, with AHTI_PATH, AHTI_HASH and AHTI_NAME set.")
    Optional<String> onComplete = Optional.empty();

    @Option(names = "--print", description = "Print the path at the end, also on a terminal.")
    boolean print;

    @Option(
            names = "--web-seed",
            paramLabel = "URL",
            description = "Fetch from this web server, too. May be repeated. A recording does without.")
    List<String> webSeeds = new ArrayList<>();

    @Mixin
    RecordOptions recording = new RecordOptions();

    @Mixin
    NetworkOptions network = new NetworkOptions();

    @Mixin
    EngineOptions engine = new EngineOptions();

    @Mixin
    HelpOption help = new HelpOption();

    GetCommand(Env env) {
        this.env = env;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (sources.size() > 1) {
            refuseWhatIsForOne();
        }
        if (sources.size() == 1) {
            Subject subject = subject(sources.get(0));
            if (list) {
                env.stdout().print(FileList.of(subject.metainfo()));
                return ExitCode.OK.code();
            }
            return run(List.of(spec(subject)));
        }
        // By hash: to name a torrent twice is to name it once.
        Map<InfoHash, TorrentSpec> specs = new LinkedHashMap<>();
        int worst = 0;
        for (String source : sources) {
            try {
                Subject subject = subject(source);
                specs.putIfAbsent(subject.metainfo().infoHash(), spec(subject));
            } catch (CommandFailure failure) {
                worst = Math.max(worst, failure.code().code());
                unread(source, failure);
            }
        }
        return specs.isEmpty() ? worst : Math.max(worst, run(List.copyOf(specs.values())));
    }

    /** What a SOURCE stands for, and the peers that were met when it was found out. */
    private record Subject(Metainfo metainfo, Optional<Magnet> link, List<InetSocketAddress> peers) {}

    private Subject subject(String source) throws InterruptedException {
        Limits limits = engine.settings.limits(env);
        Links links = new Links(env, limits);
        Optional<Magnet> link = links.magnet(source);
        Links.Followed followed = links.torrent(source, network, engine, rules());
        return new Subject(named(followed.metainfo()), link, followed.peers());
    }

    private Metainfo named(Metainfo metainfo) {
        return withWebSeeds(output.isPresent() ? Renamed.root(metainfo, output.get()) : metainfo);
    }

    private Rules rules() {
        return new Rules(timeout, stall, network.total, seed, false);
    }

    private void refuseWhatIsForOne() {
        String refused = output.isPresent() ? "--output" : list ? "--list" : recording.isWanted() ? "--record" : "";
        refused = refused.isEmpty() && !webSeeds.isEmpty() ? "--web-seed" : refused;
        if (!refused.isEmpty()) {
            throw new CommandFailure(ExitCode.BAD_OPTION, refused + " is for one SOURCE; there are " + sources.size());
        }
    }

    /** One of several that cannot be begun: the others go on. */
    private void unread(String source, CommandFailure failure) {
        env.stderr().println("ahti: " + failure.sentence());
        if (engine.json) {
            env.stdout()
                    .println(new Json()
                            .put("ts", env.machine().wallClock().instant())
                            .put("event", "failed")
                            .put("source", source)
                            .put("exit", failure.code().code())
                            .put("message", failure.sentence()));
        }
    }

    private TorrentSpec spec(Subject subject) {
        Metainfo metainfo = subject.metainfo();
        return new TorrentSpec(
                metainfo,
                env.path(directory),
                selection(metainfo, subject.link()),
                sequential,
                firstLast,
                check,
                false,
                network.addresses(subject.peers()),
                network.tiers(),
                !network.noTrackers,
                engine.stateDirectory(env),
                SeedingGoal.forever(),
                false,
                false);
    }

    private int run(List<TorrentSpec> specs) throws InterruptedException {
        return new Transfer(env, engine, print ? Transfer.PathOutput.ALWAYS : Transfer.PathOutput.PIPED, onComplete)
                .recorded(recording)
                .run(specs, rules(), network.settings(env));
    }

    /** What the options say; when they say nothing, what the link says (BEP 53). */
    private FileSelection selection(Metainfo metainfo, Optional<Magnet> link) {
        Set<Integer> ofLink =
                link.map(magnet -> magnet.selected(metainfo.files().size())).orElse(Set.of());
        boolean saysNothing = files.isEmpty() && high.isEmpty() && low.isEmpty();
        return saysNothing && !ofLink.isEmpty()
                ? FileSelection.only(ofLink)
                : new WantedFiles(metainfo, files, high, low).selection();
    }

    private Metainfo withWebSeeds(Metainfo metainfo) {
        try {
            return metainfo.withWebSeeds(WebSeedUrls.more(metainfo.webSeeds(), webSeeds));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.BAD_OPTION, "--web-seed: " + e.getMessage());
        }
    }
}
