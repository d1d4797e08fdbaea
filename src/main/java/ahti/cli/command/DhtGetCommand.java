package ahti.cli.command;

import ahti.cli.env.CommandFailure;
import ahti.cli.env.Env;
import ahti.cli.env.ExitCode;
import ahti.cli.options.HostPort;
import ahti.cli.session.Logs;
import ahti.cli.session.PeerHunt;
import ahti.config.Configuration;
import ahti.core.InfoHash;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ahti dht get}: who shares a torrent, as the DHT says. */
@Command(
        name = "get",
        header = "List the peers of a torrent.",
        sortOptions = false,
        footer = {
            "%nPrints HOST:PORT of each peer, one per line, as they come. Fetches nothing and announces nothing.",
            "Ends with 6 when there are none, or no node of the hash table answers."
        })
final class DhtGetCommand implements Callable<Integer> {
    private final Env env;

    @Parameters(paramLabel = "HASH", description = "The info hash: 40 hexadecimal digits, or 64 for version 2.")
    String hash = "";

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "Begin with this node instead of those of the settings. May be repeated.")
    List<HostPort> bootstrap = new ArrayList<>();

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "Use PORT, the first free one of a range such as 6881-6889, or any: 0.")
    Optional<String> port = Optional.empty();

    @Option(names = "--bind", paramLabel = "ADDR", description = "Use this local address only.")
    Optional<String> bind = Optional.empty();

    @Option(
            names = {"-q", "--quiet"},
            description = "Print errors only.")
    boolean quiet;

    @Option(names = "--log", paramLabel = "FILE", description = "Append the log to FILE.")
    Optional<String> log = Optional.empty();

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Keep nodes of the hash table in DIR; none: keep none. Otherwise ~/.local/state/ahti.")
    Optional<String> state = Optional.empty();

    @Mixin
    SettingsOptions settings = new SettingsOptions();

    @Mixin
    HelpOption help = new HelpOption();

    DhtGetCommand(Env env) {
        this.env = env;
    }

    @Override
    public Integer call() throws InterruptedException {
        InfoHash infoHash = infoHash();
        EngineOptions options = new EngineOptions();
        options.state = state;
        options.settings = settings;
        Configuration configuration = options.configuration(env, flags());
        Logs.begin(0, log.map(env::path), env.stderr()::println);
        return new PeerHunt(env, configuration, quiet).run(infoHash).code();
    }

    private InfoHash infoHash() {
        try {
            return InfoHash.parse(hash);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(
                    ExitCode.BAD_OPTION,
                    "'" + hash + "' is no info hash: write 40 hexadecimal digits, or 64 for version 2");
        }
    }

    private Map<String, Object> flags() {
        NetworkOptions network = new NetworkOptions();
        network.port = port;
        network.bind = bind;
        Map<String, Object> flags = new LinkedHashMap<>(network.settings(env));
        flags.put("ahti.dht.enabled", true);
        flags.put("ahti.discovery.lpd", false);
        if (!bootstrap.isEmpty()) {
            flags.put(
                    "ahti.dht.bootstrap",
                    bootstrap.stream().map(HostPort::toString).toList());
        }
        return flags;
    }
}
