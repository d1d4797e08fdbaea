package ahti.cli.command;

import ahti.cli.env.Env;
import ahti.cli.options.ColorChoice;
import ahti.cli.session.Logs;
import ahti.config.Configuration;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every command that runs an engine understands. */
final class EngineOptions {
    /** What help says about the live screen. */
    static final String KEYS =
            "%nOn a terminal the key p shows the peers and why each is treated as it is; v is --verbose, q quits.";

    @Option(
            names = {"-q", "--quiet"},
            description = "Print errors only.")
    boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Print what the engine does and why it waits; twice: all of it.")
    boolean[] verbose = {};

    @Option(names = "--json", description = "Print one JSON event per line on standard output.")
    boolean json;

    @Option(names = "--color", paramLabel = "WHEN", description = "auto, always or never.")
    ColorChoice color = ColorChoice.AUTO;

    @Option(names = "--log", paramLabel = "FILE", description = "Append the log to FILE.")
    Optional<String> log = Optional.empty();

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Keep resume records, locks and nodes of the DHT in DIR; none: keep none. "
                    + "Otherwise ~/.local/state/ahti.")
    Optional<String> state = Optional.empty();

    @Mixin
    SettingsOptions settings = new SettingsOptions();

    /** Log lines go where these options say, and nowhere else; before any actor system starts. */
    void beginLog(Env env, Consumer<String> lines) {
        Logs.begin(verbose.length, log.map(env::path), lines);
    }

    /** Whether people want to know more than the screen shows. */
    boolean isVerbose() {
        return verbose.length > 0;
    }

    /** The user has another wish than when the log began. */
    void changeLog(Env env, boolean verboseNow, Consumer<String> lines) {
        Logs.begin(verboseNow ? Math.max(1, verbose.length) : 0, log.map(env::path), lines);
    }

    /** Whether anyone wants to see what the engine does, or changed how it does it. */
    boolean isSpecial() {
        return verbose.length > 0 || log.isPresent() || settings.isSpecial();
    }

    /** The configuration for an engine: these options and {@code flags} of others, and where the DHT keeps its nodes. */
    Configuration configuration(Env env, Map<String, Object> flags) {
        Map<String, Object> all = new LinkedHashMap<>(flags);
        if (!settings.sets("dht.state")) {
            stateDirectory(env)
                    .ifPresent(directory -> all.put(
                            "ahti.dht.state", directory.resolve("dht.nodes").toString()));
        }
        return settings.load(env, all);
    }

    /** Where resume records live; empty for nowhere. */
    Optional<Path> stateDirectory(Env env) {
        if (state.isPresent()) {
            return state.filter(directory -> !directory.equals("none")).map(env::path);
        }
        return env.userDirectory("XDG_STATE_HOME", ".local/state");
    }
}
