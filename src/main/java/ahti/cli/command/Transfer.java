package ahti.cli.command;

import ahti.cli.env.Engines;
import ahti.cli.env.Env;
import ahti.cli.env.ExitCode;
import ahti.cli.env.Keyboard;
import ahti.cli.env.Terminal;
import ahti.cli.screen.Board;
import ahti.cli.screen.Closing;
import ahti.cli.screen.Console;
import ahti.cli.screen.JsonScreen;
import ahti.cli.screen.LineScreen;
import ahti.cli.screen.LiveScreen;
import ahti.cli.screen.Paint;
import ahti.cli.screen.QuietScreen;
import ahti.cli.screen.Screen;
import ahti.cli.screen.VerboseScreen;
import ahti.cli.session.Download;
import ahti.cli.session.Rules;
import ahti.cli.session.SessionPlan;
import ahti.cli.session.Use;
import ahti.config.Configuration;
import ahti.disk.FinishedDownload;
import ahti.disk.RealFileStore;
import ahti.metainfo.FileMap;
import ahti.metainfo.Metainfo;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** One torrent with a screen around it: what {@code get}, {@code seed} and {@code demo} have in common. */
final class Transfer {
    /** When the data's path is printed on standard output at the end. */
    enum PathOutput {
        /** For scripts: unless a terminal would show it. */
        PIPED,
        /** Always. */
        ALWAYS,
        /** Not at all. */
        NEVER;

        private boolean isWanted(Terminal terminal) {
            return this == ALWAYS || (this == PIPED && !terminal.stdoutIsTerminal());
        }
    }

    private final Env env;
    private final EngineOptions options;
    private final PathOutput pathOutput;
    private final Optional<String> onComplete;
    private Optional<Function<Consumer<String>, Use>> use = Optional.empty();
    private boolean takesKeys = true;
    private RecordOptions recording = new RecordOptions();

    /** {@code onComplete}: a shell command to run once when every wanted piece is stored. */
    Transfer(Env env, EngineOptions options, PathOutput pathOutput, Optional<String> onComplete) {
        this.env = env;
        this.options = options;
        this.pathOutput = pathOutput;
        this.onComplete = onComplete;
    }

    /** Records it, if these options say so. */
    Transfer recorded(RecordOptions wanted) {
        recording = wanted;
        return this;
    }

    /** Leaves the keys to another program. */
    Transfer withoutKeys() {
        takesKeys = false;
        return this;
    }

    /** Does something with the torrent while it is here; {@code maker} is given a place for lines that people read. */
    Transfer using(Function<Consumer<String>, Use> maker) {
        use = Optional.of(maker);
        return this;
    }

    /** Runs to the end and returns the exit code; {@code settings} of other options go over the user's. */
    int run(TorrentSpec spec, Rules rules, Map<String, Object> settings) throws InterruptedException {
        return run(List.of(spec), rules, settings);
    }

    /** Runs several in one engine to their ends; the exit code is the largest of theirs. */
    int run(List<TorrentSpec> specs, Rules rules, Map<String, Object> settings) throws InterruptedException {
        Terminal terminal = env.machine().terminal();
        Console console = new Console(env.stderr());
        env.machine().exit().before(console::close);
        ExecutorService hooks = Executors.newSingleThreadExecutor();
        try {
            List<SessionPlan> plans = specs.stream()
                    .map(spec -> plan(spec, rules, specs.size() == 1, hooks, console))
                    .toList();
            List<Closing> closings = run(plans, settings, terminal, console);
            hooks.shutdown();
            hooks.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
            int worst = 0;
            for (Closing closing : closings) {
                if (closing.complete() && !options.json && pathOutput.isWanted(terminal)) {
                    env.stdout().println(closing.path());
                }
                worst = Math.max(worst, closing.code().code());
            }
            return worst;
        } finally {
            hooks.shutdownNow();
            console.close();
        }
    }

    private SessionPlan plan(TorrentSpec spec, Rules rules, boolean isAlone, ExecutorService hooks, Console console) {
        Path path = dataPath(spec);
        Runnable completed =
                () -> onComplete.ifPresent(command -> hooks.execute(() -> hook(command, spec, path, console)));
        return new SessionPlan(
                spec,
                path,
                rules,
                env.machine().clock(),
                completed,
                isAlone,
                use.map(maker -> maker.apply(console::line)));
    }

    /** Those that are there already need no engine. */
    private List<Closing> run(List<SessionPlan> plans, Map<String, Object> settings, Terminal terminal, Console console)
            throws InterruptedException {
        boolean keys = takesKeys && isLive() && plans.size() == 1;
        List<Closing> closings = new ArrayList<>();
        List<Download.Part> parts = new ArrayList<>();
        Optional<Board> board = plans.size() == 1 ? Optional.empty() : Optional.of(board(terminal, console));
        for (SessionPlan plan : plans) {
            boolean isThere = isFinished(plan.spec(), plan.rules());
            Screen screen = board.map(
                            several -> oneOf(several, plan.spec().metainfo().name()))
                    .orElseGet(() -> screen(terminal, console, keys && !isThere));
            if (isThere) {
                closings.add(recognised(plan, screen));
            } else {
                parts.add(new Download.Part(plan, screen));
            }
        }
        if (!parts.isEmpty()) {
            closings.addAll(download(parts, settings, terminal, console));
        }
        return closings;
    }

    private List<Closing> download(
            List<Download.Part> parts, Map<String, Object> settings, Terminal terminal, Console console)
            throws InterruptedException {
        Configuration configuration = options.configuration(env, settings);
        options.beginLog(env, console::line);
        Engines engines = recording.engines(env, configuration, console::line);
        Keyboard keyboard = isLive() && takesKeys ? terminal.keyboard() : Keyboard.NONE;
        env.machine().exit().before(keyboard::close);
        try (keyboard) {
            return new Download(env, engines, configuration, console, keyboard).run(parts);
        }
    }

    /** Whether there is nothing to do at all. An engine, which costs most of a second, is not started to find that out. */
    private boolean isFinished(TorrentSpec spec, Rules rules) {
        boolean isSimple =
                use.isEmpty() && !options.isSpecial() && !recording.isWanted() && !spec.checkAll() && !spec.seedOnly();
        return isSimple
                && rules.goal().isReached(0, 1, Duration.ZERO)
                && FinishedDownload.isThere(
                        new RealFileStore(), spec.metainfo(), spec.directory(), spec.files(), spec.stateDirectory());
    }

    private static Closing recognised(SessionPlan plan, Screen screen) {
        Metainfo metainfo = plan.spec().metainfo();
        long bytes = new FileMap(metainfo).wantedBytes(plan.spec().files());
        plan.completed().run();
        screen.happened(new TorrentEvent.Finished(metainfo.infoHash(), true));
        Closing closing = new Closing(
                ExitCode.OK,
                metainfo.infoHash().hex(),
                metainfo.name(),
                plan.path(),
                true,
                true,
                "",
                bytes,
                bytes,
                0,
                0,
                0,
                0,
                Duration.ZERO);
        screen.ended(closing);
        return closing;
    }

    /** The file of a single-file torrent, the root directory of any other. */
    static Path dataPath(TorrentSpec spec) {
        Metainfo metainfo = spec.metainfo();
        return spec.directory().resolve(metainfo.files().get(0).path().get(0));
    }

    /** Whether the screen is drawn, and not printed. */
    private boolean isLive() {
        return !options.quiet && !options.json && Screens.canDraw(env);
    }

    private Screen screen(Terminal terminal, Console console, boolean keys) {
        boolean live = isLive();
        Paint paint = Screens.paint(env, options.color, live);
        if (options.json) {
            return new JsonScreen(env.stdout(), env.machine().wallClock(), new QuietScreen(console, paint));
        }
        if (options.quiet) {
            return new QuietScreen(console, paint);
        }
        Screen screen = live
                ? new LiveScreen(
                        console,
                        paint,
                        terminal.width(),
                        terminal::height,
                        keys,
                        env.machine().clock().nanos())
                : new LineScreen(console, paint);
        return new VerboseScreen(
                screen, options.isVerbose(), verbose -> options.changeLog(env, verbose, console::line));
    }

    private Board board(Terminal terminal, Console console) {
        boolean live = isLive();
        Board.Style style =
                options.quiet || options.json ? Board.Style.QUIET : live ? Board.Style.DRAWN : Board.Style.LINES;
        return new Board(
                console,
                Screens.paint(env, options.color, live),
                style,
                live ? terminal.width() : Terminal.DEFAULT_WIDTH,
                terminal::height);
    }

    private Screen oneOf(Board board, String name) {
        Screen screen = board.screen(name);
        return options.json ? new JsonScreen(env.stdout(), env.machine().wallClock(), screen) : screen;
    }

    private void hook(String command, TorrentSpec spec, Path path, Console console) {
        Map<String, String> variables = Map.of(
                "AHTI_PATH", path.toString(),
                "AHTI_HASH", spec.metainfo().infoHash().hex(),
                "AHTI_NAME", spec.metainfo().name());
        int code = env.machine().processes().run(command, variables);
        if (code != ExitCode.OK.code()) {
            console.line("--on-complete: the command ended with " + code);
        }
    }
}
