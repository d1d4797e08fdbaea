package ahti.cli.command;

import ahti.cli.env.CommandFailure;
import ahti.cli.env.Engines;
import ahti.cli.env.Env;
import ahti.cli.env.ExitCode;
import ahti.cli.screen.Console;
import ahti.cli.session.MetadataFetch;
import ahti.cli.session.MetadataOutcome;
import ahti.cli.session.MetadataPlan;
import ahti.cli.session.Rules;
import ahti.config.Configuration;
import ahti.core.InfoHash;
import ahti.core.Limits;
import ahti.disk.KeptMetadata;
import ahti.disk.TorrentFiles;
import ahti.engine.AddOptions;
import ahti.engine.LiteralAddress;
import ahti.engine.TorrentSource;
import ahti.metainfo.Magnet;
import ahti.metainfo.MagnetReader;
import ahti.metainfo.MagnetResult;
import ahti.metainfo.Metainfo;
import ahti.metainfo.MetainfoReader;
import ahti.metainfo.ReadResult;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Magnet links, and the bare hashes that people paste in their place; and everything else that a SOURCE may be. */
final class Links {
    private final Env env;
    private final Limits limits;

    Links(Env env, Limits limits) {
        this.env = env;
        this.limits = limits;
    }

    /** A torrent, by a link perhaps that led to it, and the peers that were met on the way. */
    record Followed(Metainfo metainfo, List<InetSocketAddress> peers) {}

    /** The link that the user names; empty when it is something else. */
    Optional<Magnet> magnet(String source) {
        String lower = source.toLowerCase(Locale.ROOT);
        if (lower.matches("[0-9a-f]{64}")) {
            throw new CommandFailure(
                    ExitCode.UNSUPPORTED, "a hash for BitTorrent v2 is not supported yet (40 digits are)");
        }
        if (lower.matches("[0-9a-f]{40}")) {
            return Optional.of(Magnet.of(InfoHash.parse(lower)));
        }
        if (!lower.startsWith("magnet:")) {
            return Optional.empty();
        }
        MagnetResult result = MagnetReader.read(source, limits);
        if (result instanceof MagnetResult.Bad bad) {
            throw new CommandFailure(ExitCode.BAD_MAGNET, "not a magnet link: " + bad.reason());
        }
        if (result instanceof MagnetResult.V2Only) {
            throw new CommandFailure(
                    ExitCode.UNSUPPORTED, "a magnet link for BitTorrent v2 alone is not supported yet (urn:btih is)");
        }
        return Optional.of(((MagnetResult.Ok) result).magnet());
    }

    /** What SOURCE stands for: what a .torrent file says, or what a link leads to. */
    Followed torrent(String source, NetworkOptions network, EngineOptions options, Rules rules)
            throws InterruptedException {
        Optional<Magnet> link = magnet(source);
        return link.isPresent()
                ? follow(link.get(), network, options, rules)
                : new Followed(sources(network, options).torrent(source), List.of());
    }

    /** Sources that may lie on the web, too. */
    Sources sources(NetworkOptions network, EngineOptions options) {
        return new Sources(env, limits, url -> {
            if (!options.quiet && !options.json) {
                env.stderr().println("fetching " + url);
            }
            options.beginLog(env, env.stderr()::println);
            return WebSource.fetch(options.configuration(env, network.settings(env)), url);
        });
    }

    /** What the link stands for: remembered from an earlier run, or asked of peers and remembered, if the rules keep anything. */
    Followed follow(Magnet magnet, NetworkOptions network, EngineOptions options, Rules rules)
            throws InterruptedException {
        Optional<Path> remembering = options.stateDirectory(env);
        Optional<Metainfo> remembered = remembering.flatMap(directory -> remembered(directory, magnet));
        if (remembered.isPresent()) {
            List<InetSocketAddress> named = magnet.peers().stream()
                    .map(LiteralAddress::parse)
                    .flatMap(Optional::stream)
                    .toList();
            return new Followed(magnet.completes(remembered.get(), limits), named);
        }
        boolean quiet = options.quiet || options.json;
        Console console = new Console(env.stderr());
        try {
            Configuration configuration = options.configuration(env, network.settings(env));
            options.beginLog(env, console::line);
            Engines engines = env.machine().engines();
            AddOptions adding = AddOptions.to(env.path(""))
                    .peers(network.addresses().toArray(InetSocketAddress[]::new))
                    .toKnowItOnly();
            adding = network.noTrackers ? adding.withoutTrackers() : adding.trackers(network.tiers());
            adding = remembering
                    .filter(any -> rules.resumable())
                    .map(adding::stateIn)
                    .orElse(adding);
            MetadataOutcome outcome = new MetadataFetch(env, engines, configuration)
                    .run(new MetadataPlan(
                            TorrentSource.magnet(magnet.toUri()), adding, rules, quiet ? any -> {} : shown(console)));
            if (outcome instanceof MetadataOutcome.Failed failed) {
                throw new CommandFailure(failed.code(), failed.sentence());
            }
            MetadataOutcome.Found found = (MetadataOutcome.Found) outcome;
            return new Followed(found.metainfo(), found.peers());
        } finally {
            console.clear();
        }
    }

    /** On a terminal one line that changes; elsewhere a line for each change of what is waited for. */
    private Consumer<String> shown(Console console) {
        if (Screens.canDraw(env)) {
            return phrase -> console.frame(List.of(phrase));
        }
        AtomicReference<String> last = new AtomicReference<>("");
        return phrase -> {
            // The numbers change all the time; the words seldom.
            String words = phrase.replaceAll("[0-9/]+", "");
            if (!last.getAndSet(words).equals(words)) {
                console.line(phrase);
            }
        };
    }

    private Optional<Metainfo> remembered(Path state, Magnet magnet) {
        Path file = KeptMetadata.file(state, magnet.infoHash());
        if (TorrentFiles.read(file, limits) instanceof TorrentFiles.Content content
                && MetainfoReader.read(content.bytes(), limits) instanceof ReadResult.Ok ok
                && ok.metainfo().infoHash().equals(magnet.infoHash())) {
            return Optional.of(ok.metainfo());
        }
        return Optional.empty();
    }

    /** The .torrent file of what a link led to. */
    static byte[] torrent(Metainfo metainfo, Limits limits) {
        return metainfo.info()
                .flatMap(info -> Magnet.of(metainfo).toTorrent(info, limits))
                .orElseThrow(() -> new IllegalStateException("its info dictionary was read before"));
    }
}
