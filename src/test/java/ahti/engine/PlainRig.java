package ahti.engine;

import ahti.disk.SampleTorrent;
import ahti.disk.SampleTorrent.Part;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** What a user of the plain door has: a torrent, a place where it is whole, and one where it is not. */
final class PlainRig {
    static final int PIECE = 32_768;

    final SampleTorrent sample = SampleTorrent.of(PIECE, Part.file("sample", 20 * PIECE + 1));
    final TorrentSource source = new TorrentSource.FromMetainfo(sample.metainfo());
    final int port;
    final Path full;
    private final Path directory;

    PlainRig(Path directory) throws IOException {
        this.directory = directory;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        full = Files.createDirectory(directory.resolve("full"));
        Files.write(full.resolve("sample"), sample.content());
    }

    static Ahti start(int port) {
        return Ahti.start(Map.of("net.ports", Integer.toString(port), "net.bind", List.of("127.0.0.1")));
    }

    AddOptions seeding() {
        return AddOptions.to(full).withoutTrackers();
    }

    AddOptions downloading() {
        return AddOptions.to(directory.resolve("empty"))
                .withoutTrackers()
                .peers(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(40, TimeUnit.SECONDS);
    }

    static Refusal refusal(CompletionStage<?> stage) throws Exception {
        try {
            get(stage);
        } catch (ExecutionException e) {
            return ((RefusedException) e.getCause()).refusal();
        }
        throw new AssertionError("it was not refused");
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
