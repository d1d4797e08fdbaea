package ahti.cli.env;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything the command touches, so that all of it runs in memory under test.
 *
 * @param stdout data only; UTF-8
 * @param stderr text for people; UTF-8
 * @param cwd absolute; relative paths of the user start here
 */
public record Env(
        List<String> args,
        InputStream stdin,
        PrintStream stdout,
        PrintStream stderr,
        Map<String, String> environment,
        Path cwd,
        Machine machine) {

    public Env {
        args = List.copyOf(args);
        environment = Map.copyOf(environment);
    }

    /** An environment variable; an empty one counts as unset, as the XDG specification says. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /** A path as the user wrote it, absolute and without dots. */
    public Path path(String written) {
        return cwd.resolve(written).normalize();
    }

    /**
     * Where this user's files of one kind live: {@code $XDG_STATE_HOME/ahti}, {@code ~/.local/state/ahti}; empty without a
     * home.
     */
    public Optional<Path> userDirectory(String variable, String belowHome) {
        return variable(variable)
                .map(Path::of)
                .filter(Path::isAbsolute)
                .or(() -> variable("HOME").map(home -> cwd.resolve(home).resolve(belowHome)))
                .map(directory -> directory.resolve("ahti"));
    }

    /** The same world with other arguments. */
    public Env with(List<String> others) {
        return new Env(others, stdin, stdout, stderr, environment, cwd, machine);
    }
}
