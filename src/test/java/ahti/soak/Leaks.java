package ahti.soak;

import ahti.core.BindsTheRealWorld;
import ahti.disk.SampleTorrent;
import ahti.disk.SampleTorrent.Part;
import ahti.engine.AddOptions;
import ahti.engine.Ahti;
import ahti.engine.Download;
import ahti.engine.TorrentSource;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * Whether anything is left behind: counts what one engine on loopback holds, lets thousands of connections come and go and
 * thousands of torrents be added and removed, and counts again: {@code scripts/soak --leaks [CONNECTIONS [TORRENTS]]}.
 */
final class Leaks implements AutoCloseable {
    private static final List<Caller> CALLERS = List.of(Caller.values());
    private static final int PIECE = 32 * 1024;
    private static final int BLOCK = 16 * 1024;
    private static final int AT_ONCE = 16;
    private static final int PATIENCE_SECONDS = 120;
    /** So long nothing more must have gone for what is left to count. */
    private static final int CALM_SECONDS = 12;
    /** What comes and goes all the time is never calm. */
    private static final int LOOKS = 60;

    private final Path scratch;
    private final SampleTorrent shared = SampleTorrent.of(PIECE, Part.file("shared", 20 * PIECE + 1));
    private final InetSocketAddress address;
    private final ActorSystem<Void> system;
    private final Ahti ahti;
    private final ExecutorService hands = Executors.newFixedThreadPool(AT_ONCE);

    Leaks(Path scratch) throws Exception {
        this.scratch = scratch;
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), free());
        this.system = ActorSystem.create(
                Behaviors.empty(),
                "leaks",
                ConfigFactory.parseString("ahti.net.bind = [\"127.0.0.1\"]\nahti.net.ports = \"" + address.getPort()
                                + "\"\nahti.dht.enabled = false")
                        .withFallback(ConfigFactory.load()));
        this.ahti = Ahti.on(system);
        Path full = Files.createDirectory(scratch.resolve("full"));
        Files.write(full.resolve("shared"), shared.content());
        get(get(ahti.add(source(shared), AddOptions.to(full).withoutTrackers())).finished());
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** What was too much at the end; empty when nothing leaks. Prints what it counted. */
    List<String> run(int connections, int torrents, PrintStream out) throws Exception {
        connect(connections / 10 + CALLERS.size());
        addAndRemove(torrents / 10 + 3);
        Census before = settled(null);
        out.println("before   " + before);
        connect(connections);
        addAndRemove(torrents);
        Census after = settled(before);
        out.println("after    " + after + ", " + connections + " connections and " + torrents + " torrents later");
        return after.grownSince(before);
    }

    private void connect(int count) throws Exception {
        inParallel(count, number -> {
            Caller caller = CALLERS.get(number % CALLERS.size());
            caller.calls(address, shared.metainfo().infoHash(), BLOCK, new Random(number));
        });
    }

    private void addAndRemove(int count) throws Exception {
        inParallel(count, number -> {
            SampleTorrent sample =
                    SampleTorrent.of(number, PIECE, List.of(Part.file("sample-" + number, 1 + PIECE + number % PIECE)));
            Path directory = Files.createDirectories(scratch.resolve("in-" + number));
            AddOptions options = AddOptions.to(directory).withoutTrackers().stateIn(scratch.resolve("state"));
            switch (number % 3) {
                case 0 -> {
                    Files.write(directory.resolve("sample-" + number), sample.content());
                    Download whole = get(ahti.add(source(sample), options));
                    get(whole.finished());
                    get(whole.remove(true));
                }
                case 1 ->
                    get(get(ahti.add(source(sample), options.peers(address))).remove(true));
                default ->
                    get(get(ahti.add(
                                    TorrentSource.magnet("magnet:?xt=urn:btih:"
                                            + sample.metainfo().infoHash().hex()),
                                    options.peers(address)))
                            .remove(true));
            }
            Files.delete(directory);
        });
    }

    private interface Step {
        void run(int number) throws Exception;
    }

    private void inParallel(int count, Step step) throws Exception {
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            running.add(hands.submit(() -> {
                step.run(number);
                return number;
            }));
        }
        for (Future<?> one : running) {
            one.get();
        }
    }

    /** Counts when no more is there than before, or when it does not become less any more, or after a while. */
    private Census settled(@Nullable Census before) throws Exception {
        Census least = Census.take(system);
        int calm = 0;
        for (int look = 0; look < LOOKS && calm < CALM_SECONDS && hasGrown(least, before); look++) {
            new CountDownLatch(1).await(1, TimeUnit.SECONDS);
            // The system keeps what was closed until the selector is woken.
            connect(1);
            Census now = Census.take(system);
            boolean isLess = now.isLessThan(least);
            calm = isLess ? 0 : calm + 1;
            least = isLess ? now : least;
        }
        return least;
    }

    /** True when there is nothing to compare with. */
    private static boolean hasGrown(Census now, @Nullable Census before) {
        return before == null || !now.grownSince(before).isEmpty();
    }

    private static TorrentSource source(SampleTorrent sample) {
        return new TorrentSource.FromMetainfo(sample.metainfo());
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        hands.shutdownNow();
        ahti.close();
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }

    /** Exit code 1 when something leaks, 2 when it was called wrongly. */
    @BindsTheRealWorld("it measures a real process")
    public static void main(String[] args) throws Exception {
        int connections;
        int torrents;
        try {
            connections = args.length > 0 ? Integer.parseUnsignedInt(args[0]) : 10_000;
            torrents = args.length > 1 ? Integer.parseUnsignedInt(args[1]) : 1_000;
        } catch (NumberFormatException e) {
            System.err.println("usage: soak --leaks [CONNECTIONS [TORRENTS]]");
            System.exit(2);
            return;
        }
        Path scratch = Files.createTempDirectory("ahti-leaks");
        List<String> grown;
        try (Leaks leaks = new Leaks(scratch)) {
            grown = leaks.run(connections, torrents, System.out);
        } finally {
            delete(scratch);
        }
        grown.forEach(System.out::println);
        System.exit(grown.isEmpty() ? 0 : 1);
    }

    private static void delete(Path scratch) throws IOException {
        try (Stream<Path> all = Files.walk(scratch)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
