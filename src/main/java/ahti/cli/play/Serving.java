package ahti.cli.play;

import ahti.cli.env.ExitCode;
import ahti.cli.session.Use;
import ahti.core.BindsTheRealWorld;
import ahti.core.MonotonicClock;
import ahti.engine.TorrentRef;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;

/** Serves files over HTTP to programs on this machine, and runs a player for as long as it likes. */
@BindsTheRealWorld("the HTTP server of the JDK, and its threads")
public final class Serving implements Use {
    private static final int BACKLOG = 16;

    /** For files being given, as many that wait or need no file, and the player. Whoever comes then waits for a thread. */
    private static final int THREADS = 2 * Conversations.MOST + 1;

    private final List<ServedFile> files;
    private final int port;
    private final Consumer<List<String>> ready;
    private final Optional<Function<List<String>, End>> player;
    private final MonotonicClock clock;
    private final ExecutorService threads;
    private final CompletableFuture<End> end = new CompletableFuture<>();
    private Optional<HttpServer> server = Optional.empty();

    /**
     * Serves on the loopback interface.
     *
     * @param port 0 for any
     * @param ready hears the URLs of the files
     * @param player runs with these URLs; waits for its end, and says what it came to
     */
    public Serving(
            List<ServedFile> files,
            int port,
            Consumer<List<String>> ready,
            Optional<Function<List<String>, End>> player,
            MonotonicClock clock) {
        this.files = List.copyOf(files);
        this.port = port;
        this.ready = ready;
        this.player = player;
        this.clock = clock;
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "ahti-play-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public CompletionStage<End> begin(ActorSystem<?> system, TorrentRef torrent) {
        try {
            HttpServer listening =
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
            server = Optional.of(listening);
            listening.setExecutor(threads);
            InetSocketAddress local = listening.getAddress();
            listening.createContext("/", new Conversations(system, torrent, files, local, clock));
            listening.start();
            List<String> urls = files.stream()
                    .map(file -> "http://127.0.0.1:" + local.getPort() + file.path())
                    .toList();
            ready.accept(urls);
            player.ifPresent(run -> threads.execute(() -> end.complete(run.apply(urls))));
        } catch (IOException e) {
            end.complete(new End(
                    ExitCode.NETWORK,
                    "port " + port + " of the loopback interface cannot be bound (" + e.getMessage()
                            + "); choose another with --http-port, or leave it out"));
        }
        return end.minimalCompletionStage();
    }

    @Override
    public void stop() {
        server.ifPresent(listening -> listening.stop(0));
        threads.shutdownNow();
    }

    /** A player has an end of its own. */
    @Override
    public boolean isOpenEnded() {
        return player.isEmpty();
    }
}
