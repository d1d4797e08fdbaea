package ahti.cli.command;

import ahti.cli.env.CommandFailure;
import ahti.cli.env.Env;
import ahti.cli.env.ExitCode;
import ahti.cli.env.Json;
import ahti.cli.options.SeedGoal;
import ahti.cli.play.ServedFile;
import ahti.cli.play.Serving;
import ahti.cli.session.Rules;
import ahti.cli.session.Use;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ahti play}: a file over HTTP to programs on this machine, while it downloads. */
@Command(
        name = "play",
        header = "Serve a file to a player on this machine while it downloads.",
        synopsisHeading = "Usage: ",
        customSynopsis = "ahti play [OPTIONS] SOURCE [FILE] [-- PLAYER [ARGUMENT...]]%n",
        sortOptions = false,
        description = {
            "Prints the URL, and with -- starts PLAYER with the URL behind its arguments and ends with it:",
            "  ahti play X.torrent -- mpv --fs",
            "Without PLAYER it serves until Ctrl-C.%n"
        })
final class PlayCommand implements Callable<Integer> {
    /** What begins the player's part of the command line. */
    static final String PLAYER = "--";

    private static final int CANNOT_RUN = 127;

    private final Env env;

    @Parameters(
            index = "0",
            paramLabel = "SOURCE",
            description = "A .torrent file or its URL, - for standard input, a magnet link, or its hash.")
    String source = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FILE",
            description = "A number, name, pattern or /regex/. Default: the largest file.")
    Optional<String> file = Optional.empty();

    @Option(names = "--http-port", paramLabel = "PORT", description = "Serve on this port. Default: any free one.")
    int port;

    @Mixin
    ReadOptions reading = new ReadOptions();

    @Mixin
    EngineOptions engine = new EngineOptions();

    @Mixin
    HelpOption help = new HelpOption();

    PlayCommand(Env env) {
        this.env = env;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (port < 0 || port > 65_535) {
            throw new CommandFailure(ExitCode.BAD_OPTION, "--http-port: there is no port " + port);
        }
        List<String> player = player(env.args());
        Links.Followed torrent = reading.torrent(env, engine, source);
        ReadFiles files = new ReadFiles(torrent.metainfo());
        List<Integer> chosen = file.map(files::named).orElseGet(() -> List.of(files.largest()));
        List<ServedFile> served = chosen.stream()
                .map(index -> new ServedFile(
                        index,
                        files.number(index),
                        files.entry(index).path(),
                        files.entry(index).length()))
                .toList();
        // The terminal is the player's.
        engine.quiet |= !player.isEmpty();
        try (ReadPlace place = reading.place(env)) {
            Rules rules = new Rules(
                    reading.timeout,
                    Optional.empty(),
                    reading.network.total,
                    SeedGoal.Forever.FOREVER,
                    player.isEmpty(),
                    place.isKept());
            return new Transfer(env, engine, Transfer.PathOutput.NEVER, Optional.empty())
                    .using(lines -> new Serving(
                            served,
                            port,
                            urls -> show(urls, lines),
                            runner(player, lines),
                            env.machine().clock()))
                    .run(reading.spec(env, engine, torrent, chosen, place), rules, reading.network.settings(env));
        }
    }

    /** What follows the first {@code --}. */
    private static List<String> player(List<String> args) {
        int at = args.indexOf(PLAYER);
        return at < 0 ? List.of() : args.subList(at + 1, args.size());
    }

    private void show(List<String> urls, Consumer<String> lines) {
        for (String url : urls) {
            if (engine.json) {
                env.stdout()
                        .println(new Json()
                                .put("ts", env.machine().wallClock().instant().toString())
                                .put("event", "serving")
                                .put("url", url));
            } else if (env.machine().terminal().stdoutIsTerminal()) {
                lines.accept(url);
            } else {
                env.stdout().println(url);
            }
        }
    }

    private Optional<Function<List<String>, Use.End>> runner(List<String> player, Consumer<String> lines) {
        return player.isEmpty() ? Optional.empty() : Optional.of(urls -> run(player, urls, lines));
    }

    private Use.End run(List<String> player, List<String> urls, Consumer<String> lines) {
        String line = Stream.concat(player.stream(), urls.stream())
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" ", "exec ", ""));
        int code = env.machine().processes().run(line, Map.of("AHTI_URL", urls.get(0)));
        if (code == CANNOT_RUN) {
            return new Use.End(ExitCode.NOT_FOUND, "cannot run '" + player.get(0) + "'");
        }
        if (code != ExitCode.OK.code()) {
            lines.accept("the player ended with " + code);
        }
        return Use.End.WELL;
    }
}
