package ahti.cli.command;

import ahti.cli.env.Env;
import ahti.cli.options.SeedGoal;
import ahti.cli.session.Rules;
import ahti.metainfo.FileSelection;
import ahti.torrent.SeedingGoal;
import ahti.torrent.TorrentSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code cat} and {@code play} have in common. */
final class ReadOptions {
    @Option(
            names = {"-d", "--dir"},
            paramLabel = "DIR",
            description = "Keep what is downloaded in DIR, and use what is there. Otherwise nothing is kept.")
    Optional<String> directory = Optional.empty();

    @Option(names = "--timeout", paramLabel = "TIME", description = "Give up after TIME without any peer.")
    Optional<Duration> timeout = Optional.empty();

    @Mixin
    NetworkOptions network = new NetworkOptions();

    /** Where the data goes. */
    ReadPlace place(Env env) {
        return ReadPlace.of(env, directory);
    }

    /** What SOURCE stands for; of a link nothing is remembered unless something is kept. */
    Links.Followed torrent(Env env, EngineOptions engine, String source) throws InterruptedException {
        Rules rules =
                new Rules(timeout, Optional.empty(), network.total, SeedGoal.None.NONE, false, directory.isPresent());
        return new Links(env, engine.settings.limits(env)).torrent(source, network, engine, rules);
    }

    /** These files and nothing else; what is not kept is fetched only as far as it is read. */
    TorrentSpec spec(Env env, EngineOptions engine, Links.Followed torrent, List<Integer> files, ReadPlace place) {
        return new TorrentSpec(
                torrent.metainfo(),
                place.directory(),
                FileSelection.only(files),
                true,
                false,
                false,
                false,
                network.addresses(torrent.peers()),
                network.tiers(),
                !network.noTrackers,
                place.isKept() ? engine.stateDirectory(env) : Optional.empty(),
                SeedingGoal.forever(),
                !place.isKept(),
                false);
    }
}
