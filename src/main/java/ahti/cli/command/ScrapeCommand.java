package ahti.cli.command;

import ahti.cli.env.CommandFailure;
import ahti.cli.env.Env;
import ahti.cli.env.ExitCode;
import ahti.cli.env.Json;
import ahti.cli.options.TrackerTier;
import ahti.cli.session.Logs;
import ahti.cli.session.Scraping;
import ahti.config.Configuration;
import ahti.core.InfoHash;
import ahti.core.Limits;
import ahti.metainfo.Magnet;
import ahti.metainfo.Metainfo;
import ahti.tracker.Scraper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ahti scrape}: asks the trackers of a torrent how large its swarm is. */
@Command(
        name = "scrape",
        header = "Ask trackers how large the swarm of a torrent is.",
        sortOptions = false,
        footer = {
            "%nFor each tracker that answers a line on standard output: URL, seeders, leechers, completed downloads; - stands",
            "for what it does not say. Ends with 6 when no tracker answers."
        })
final class ScrapeCommand implements Callable<Integer> {
    private final Env env;

    @Parameters(
            paramLabel = "SOURCE",
            description = "A .torrent file or its URL, - for standard input, a magnet link, or a hash.")
    String source = "";

    @Option(names = "--tracker", paramLabel = "URL[,URL]", description = "Ask this tracker, too. May be repeated.")
    List<TrackerTier> trackers = new ArrayList<>();

    @Option(names = "--bind", paramLabel = "ADDR", description = "Ask from this local address only.")
    Optional<String> bind = Optional.empty();

    @Option(
            names = {"-q", "--quiet"},
            description = "Print errors only when no tracker answers.")
    boolean quiet;

    @Option(names = "--json", description = "Print one JSON object.")
    boolean json;

    @Mixin
    SettingsOptions settings = new SettingsOptions();

    @Mixin
    HelpOption help = new HelpOption();

    ScrapeCommand(Env env) {
        this.env = env;
    }

    @Override
    public Integer call() throws InterruptedException {
        Logs.begin(0, Optional.empty(), env.stderr()::println);
        Map<String, Object> flags = bind.<Map<String, Object>>map(address -> Map.of("ahti.net.bind", List.of(address)))
                .orElse(Map.of());
        Configuration configuration = settings.load(env, flags);
        Subject torrent = subject(configuration);
        List<List<String>> tiers = new ArrayList<>(torrent.trackers());
        trackers.forEach(tier -> tiers.add(tier.urls()));
        if (tiers.isEmpty()) {
            throw new CommandFailure(ExitCode.NETWORK, "it lists no trackers: name one with --tracker URL");
        }
        List<Scraper.Event> events = new ArrayList<>();
        Consumer<Scraper.Event> lines = json ? event -> {} : this::print;
        Scraping.run(configuration, tiers, torrent.infoHash(), lines.andThen(events::add));
        if (json) {
            env.stdout().println(json(torrent, events));
        }
        if (events.stream().anyMatch(Scraper.Scraped.class::isInstance)) {
            return ExitCode.OK.code();
        }
        throw new CommandFailure(ExitCode.NETWORK, "no tracker answered");
    }

    /** What trackers are asked about, and which. A link says both: nobody has to be asked what it stands for. */
    private record Subject(InfoHash infoHash, List<List<String>> trackers) {}

    private Subject subject(Configuration configuration) throws InterruptedException {
        Limits limits = configuration.ahti().limits();
        Optional<Magnet> link = new Links(env, limits).magnet(source);
        if (link.isPresent()) {
            return new Subject(
                    link.get().infoHash(),
                    link.get().trackers().stream().map(List::of).toList());
        }
        Metainfo torrent = new Sources(env, limits, url -> WebSource.fetch(configuration, url)).torrent(source);
        return new Subject(torrent.infoHash(), torrent.trackers());
    }

    private void print(Scraper.Event event) {
        if (event instanceof Scraper.Scraped counts) {
            env.stdout()
                    .println(String.join(
                            "\t",
                            counts.url(),
                            text(counts.seeders()),
                            text(counts.leechers()),
                            text(counts.completed())));
        } else if (event instanceof Scraper.Failed failed && !quiet) {
            env.stderr().println(failed.url() + ": " + failed.reason());
        }
    }

    private static String text(OptionalInt count) {
        return count.isPresent() ? String.valueOf(count.getAsInt()) : "-";
    }

    private static Json json(Subject torrent, List<Scraper.Event> events) {
        return new Json()
                .put("hash", torrent.infoHash().hex())
                .put("trackers", events.stream().map(ScrapeCommand::json).toList());
    }

    private static Json json(Scraper.Event event) {
        if (event instanceof Scraper.Scraped counts) {
            return new Json()
                    .put("url", counts.url())
                    .put("seeders", boxed(counts.seeders()))
                    .put("leechers", boxed(counts.leechers()))
                    .put("completed", boxed(counts.completed()));
        }
        Scraper.Failed failed = (Scraper.Failed) event;
        return new Json().put("url", failed.url()).put("error", failed.reason());
    }

    private static Optional<Integer> boxed(OptionalInt count) {
        return count.isPresent() ? Optional.of(count.getAsInt()) : Optional.empty();
    }
}
