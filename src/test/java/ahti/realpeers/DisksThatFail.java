package ahti.realpeers;

import ahti.core.RateLimits;
import ahti.disk.SampleTorrent;
import ahti.disk.SampleTorrent.Part;
import ahti.engine.AddOptions;
import ahti.engine.Ahti;
import ahti.engine.Download;
import ahti.engine.TorrentSource;
import ahti.torrent.TorrentState;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Downloads onto a small disk of its own, which fills up, becomes read-only and is unmounted. {@link DisksThatFailIT} runs it
 * in a mount namespace; it needs the right to mount there. Exit code 0 when every promise held.
 */
final class DisksThatFail {
    private static final int MEBI = 1 << 20;
    private static final int PIECE = MEBI / 4;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final SampleTorrent sample = SampleTorrent.of(PIECE, Part.file("sample", 16 * MEBI));
    private final int port = Ports.free();
    private final Path full;
    private final Path disk;
    private final Path home;
    private final Path state;

    private DisksThatFail(Path scratch) throws IOException {
        full = Files.createDirectory(scratch.resolve("full"));
        disk = Files.createDirectory(scratch.resolve("disk"));
        home = Files.createDirectory(scratch.resolve("home"));
        state = scratch.resolve("state");
    }

    public static void main(String[] args) throws Exception {
        new DisksThatFail(Path.of(args[0])).run();
        System.exit(0);
    }

    private void run() throws Exception {
        Files.write(full.resolve("sample"), sample.content());
        run("mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", disk.toString());
        plugIn();
        try (Ahti seeder = start(port)) {
            get(get(seeder.add(source(), AddOptions.to(full).withoutTrackers())).finished());
            becomesFull();
            isGone();
            becomesReadOnly();
        }
    }

    private void becomesFull() throws Exception {
        try (Ahti ahti = start(0)) {
            Download download = begin(ahti);
            await(download, "some of it", () -> download.status().have() > 2 * MEBI);
            Path ballast = fill();
            await(download, "disk full", () -> problem(download).startsWith("disk full on"));
            require(download.status().have() < 16 * MEBI, "it was complete before the disk was full");
            Files.delete(ballast);
            get(next(download));
            require(
                    Arrays.equals(Files.readAllBytes(home.resolve("in/sample")), sample.content()),
                    "what is stored is wrong");
            try (Stream<Path> files = Files.list(home.resolve("in"))) {
                require(files.count() == 1, "something is left beside the download");
            }
        }
    }

    private void isGone() throws Exception {
        run("umount", home.toString());
        try (Ahti ahti = start(0)) {
            Download download = begin(ahti);
            await(download, "no mount", () -> problem(download).startsWith("nothing is mounted on " + home));
            try (Stream<Path> files = Files.list(home)) {
                require(files.findAny().isEmpty(), "something was written over the mount point");
            }
            plugIn();
            get(next(download));
        }
    }

    private void becomesReadOnly() throws Exception {
        Files.delete(home.resolve("in/sample"));
        run("mount", "-o", "remount,ro", disk.toString());
        run("mount", "-o", "remount,bind,ro", home.toString());
        try (Ahti ahti = start(0)) {
            Download download = begin(ahti);
            await(download, "a problem", () -> problem(download).contains("no permission for"));
            run("mount", "-o", "remount,rw", disk.toString());
            run("mount", "-o", "remount,bind,rw", home.toString());
            get(next(download));
        }
    }

    private static Ahti start(int port) {
        return Ahti.start(Map.of(
                "net.ports",
                Integer.toString(port),
                "net.bind",
                List.of("127.0.0.1"),
                "torrent.disk-retry-pause",
                "1s"));
    }

    private TorrentSource source() {
        return new TorrentSource.FromMetainfo(sample.metainfo());
    }

    /** So slowly that the disk can be filled meanwhile. */
    private Download begin(Ahti ahti) throws Exception {
        return get(ahti.add(
                source(),
                AddOptions.to(home.resolve("in"))
                        .withoutTrackers()
                        .stateIn(state)
                        .limits(RateLimits.NONE.down(4 * MEBI))
                        .peers(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))));
    }

    /** The end of the attempt after the one that failed. */
    private static CompletionStage<?> next(Download download) {
        await(download, "another attempt", () -> download.status().problem().isEmpty());
        return download.finished();
    }

    private Path fill() throws IOException {
        Path ballast = disk.resolve("ballast");
        byte[] some = new byte[4096];
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(some);
            }
        } catch (IOException full) {
            return ballast;
        }
    }

    private void plugIn() throws Exception {
        run("mount", "--bind", disk.toString(), home.toString());
    }

    private static String problem(Download download) {
        return download.status().state() == TorrentState.PAUSED
                ? download.status().problem().map(why -> why.describe()).orElse("")
                : "";
    }

    private static void await(Download download, String what, BooleanSupplier holds) {
        Await.until(what, PATIENCE, holds, () -> download.status().toString());
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).inheritIO().start();
        require(process.waitFor() == 0, String.join(" ", command) + " failed");
    }
}
