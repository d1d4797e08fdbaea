package ahti.cli.command;

import ahti.cli.env.Env;
import ahti.cli.env.Terminal;
import ahti.cli.options.ColorChoice;
import ahti.cli.screen.Console;
import ahti.cli.screen.WorkBar;
import ahti.disk.FileStore;
import ahti.disk.PieceScan;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;

/** Threads for hashing, as many as processors, with a bar on the terminal meanwhile. */
final class Workers implements AutoCloseable {
    private final ExecutorService threads;
    private final int parallelism = Runtime.getRuntime().availableProcessors();
    private final Console console;
    private final Env env;
    private final boolean quiet;

    Workers(Env env, boolean quiet) {
        this.env = env;
        this.quiet = quiet;
        this.console = new Console(env.stderr());
        this.threads = Executors.newFixedThreadPool(parallelism);
        env.machine().exit().before(console::close);
    }

    /** A scan of so many bytes; {@code what} is the word before the bar. */
    PieceScan scan(FileStore store, String what, long total) {
        return new PieceScan(store, threads, parallelism, progress(what, total));
    }

    private LongConsumer progress(String what, long total) {
        Terminal terminal = env.machine().terminal();
        if (quiet || !Screens.canDraw(env)) {
            return done -> {};
        }
        return new WorkBar(
                console,
                Screens.paint(env, ColorChoice.AUTO, true),
                what,
                total,
                terminal.width(),
                env.machine().clock());
    }

    @Override
    public void close() {
        threads.shutdownNow();
        console.clear();
        console.close();
    }
}
