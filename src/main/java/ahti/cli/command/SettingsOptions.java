package ahti.cli.command;

import ahti.cli.env.CommandFailure;
import ahti.cli.env.Env;
import ahti.cli.env.ExitCode;
import ahti.config.Configuration;
import ahti.core.Limits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where settings come from: flags, then the user's file, then the defaults. */
final class SettingsOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Read settings from FILE instead of ~/.config/ahti/ahti.conf.")
    Optional<String> config = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Change one setting, such as picker.memory-budget=128M. May be repeated.")
    List<String> set = new ArrayList<>();

    /** Everything, checked. */
    Configuration load(Env env, Map<String, Object> flags) {
        try {
            Optional<Path> file = config.map(env::path)
                    .or(() -> env.userDirectory("XDG_CONFIG_HOME", ".config").map(d -> d.resolve("ahti.conf")));
            return Configuration.load(file, config.isPresent(), set, flags);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.BAD_OPTION, String.valueOf(e.getMessage()));
        }
    }

    /** Whether one of these options sets that key, written without {@code ahti.}. */
    boolean sets(String key) {
        return set.stream().anyMatch(line -> line.startsWith(key + "=") || line.startsWith("ahti." + key + "="));
    }

    /** Whether these options say anything. */
    boolean isSpecial() {
        return config.isPresent() || !set.isEmpty();
    }

    /** Only the limits; without these options the defaults, for reading a configuration costs start-up time. */
    Limits limits(Env env) {
        return !isSpecial() ? Limits.DEFAULT : load(env, Map.of()).ahti().limits();
    }
}
