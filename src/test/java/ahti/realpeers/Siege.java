package ahti.realpeers;

import ahti.core.BindsTheRealWorld;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A real Ahti with little memory, attacked over loopback by hundreds of connections at the same time, while an honest peer must
 * be served, or an honest seeder downloaded from. Prints what it cost, and fails when a promise breaks. {@code scripts/siege}
 * calls it; {@link SiegeIT} is a short one.
 */
public final class Siege {
    private static final int PIECE = 256 * 1024;
    private static final int PIECES = 64;
    private static final Payload PAYLOAD = Payload.file("besieged.bin", PIECES * PIECE, PIECE);
    private static final long SECOND = 1_000_000_000L;
    private static final int MOST_RESIDENT = 640;
    private static final int MOST_HANDLES = 900;
    private static final int MOST_THREADS = 120;
    private static final int MOST_LINES_PER_MINUTE = 300;
    private static final double LONGEST_WAIT = 30;

    private final Path folder;
    private final List<String> ahti;
    private final List<String> report = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();

    /** In a folder of its own; {@code ahti} is the command that starts it. */
    Siege(Path folder, List<String> ahti) {
        this.folder = folder;
        this.ahti = ahti;
    }

    /** Besieges a seed, then a download, for half of the time each. Exit code 1 when a promise broke. */
    @BindsTheRealWorld("a program that is called from a terminal")
    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            System.err.println("usage: siege SECONDS PROGRAM");
            System.exit(2);
        }
        int seconds = Integer.parseInt(args[0]) / 2;
        Path folder = Files.createTempDirectory("ahti-siege");
        try {
            Siege siege = new Siege(folder, List.of(args[1]));
            siege.seed(seconds, List.of());
            siege.get(seconds);
            PrintStream out = System.out;
            siege.report.forEach(out::println);
            siege.broken.forEach(line -> out.println("BROKEN " + line));
            System.exit(siege.broken.isEmpty() ? 0 : 1);
        } finally {
            try (Stream<Path> tree = Files.walk(folder)) {
                tree.sorted(Comparator.reverseOrder())
                        .forEach(path -> path.toFile().delete());
            }
        }
    }

    /** Promises that broke so far. */
    List<String> broken() {
        return List.copyOf(broken);
    }

    /** What was measured. */
    String report() {
        return String.join("\n", report);
    }

    /** A seed under attack; an honest peer downloads everything again and again. */
    void seed(int seconds, List<String> before) throws IOException {
        Path data = Files.createDirectories(folder.resolve("seed"));
        PAYLOAD.write(data);
        int port = Ports.free();
        Program program = start("seed", port, data, before, List.of("--set", "torrent.max-peers=500"));
        try (Vitals vitals = Vitals.of(pid(program));
                HonestPeer honest = new HonestPeer(hash(), content(data), PIECE).downloadsFrom(port)) {
            awaitFirst(honest);
            try (Besiegers besiegers = besiegers(port, before)) {
                besiege(vitals, seconds);
                judge("seed", vitals, honest, besiegers, seconds);
            }
            if (before.isEmpty()) {
                everybodyIsGone(vitals);
            }
        } finally {
            program.end();
        }
    }

    /** A download under attack; the one honest seeder takes its time as long as the attack lasts. */
    void get(int seconds) throws IOException {
        Path original = Files.createDirectories(folder.resolve("original"));
        PAYLOAD.write(original);
        Path data = Files.createDirectories(folder.resolve("get"));
        int port = Ports.free();
        int seeder = Ports.free();
        long pace = Math.max(64 * 1024, (long) PIECES * PIECE / (seconds + 10));
        try (HonestPeer honest = new HonestPeer(hash(), content(original), PIECE).serves(seeder, pace)) {
            Program program = start("get", port, data, List.of(), List.of("--peer", "127.0.0.1:" + seeder));
            try (Vitals vitals = Vitals.of(pid(program))) {
                awaitFirst(honest);
                try (Besiegers besiegers = besiegers(port, List.of())) {
                    besiege(vitals, seconds);
                    judge("get", vitals, honest, besiegers, seconds);
                    honest.hurries();
                    int code = program.awaitExit();
                    promise(code == 0, "the download ends with 0, not with " + code);
                }
                promise(PAYLOAD.faults(data).isEmpty(), "every byte is right");
            } finally {
                program.end();
            }
        }
    }

    private static Besiegers besiegers(int port, List<String> before) {
        Besiegers besiegers = new Besiegers(port, hash());
        // With few handles it is the number of connections that counts.
        return before.isEmpty() ? besiegers.storm(12, 250, 100, 60) : besiegers.occupy(250);
    }

    private Program start(String command, int port, Path data, List<String> before, List<String> more)
            throws IOException {
        Path torrent = Files.write(folder.resolve(command + ".torrent"), PAYLOAD.torrent(List.of()));
        List<String> words = new ArrayList<>(before);
        words.addAll(ahti);
        words.addAll(List.of(command, torrent.toString(), "-d", data.toString(), "-p", Integer.toString(port)));
        words.addAll(List.of("--bind", "127.0.0.1", "--no-trackers", "--set", "dht.enabled=false", "--no-lpd"));
        words.addAll(List.of("--state", data + ".state", "--log", log(command).toString()));
        words.addAll(more);
        Map<String, String> memory =
                Map.of("AHTI_JAVA_OPTS", "-Xmx256m -XX:MaxDirectMemorySize=64m -XX:+ExitOnOutOfMemoryError");
        Program program = Program.start(command, Files.createDirectories(folder.resolve("home")), memory, words);
        program.awaitListening(port);
        return program;
    }

    private Path log(String command) {
        return folder.resolve(command + ".log");
    }

    private static long pid(Program program) {
        return program.pid();
    }

    private static byte[] hash() {
        return HexFormat.of().parseHex(PAYLOAD.infoHash());
    }

    private static byte[] content(Path data) throws IOException {
        return Files.readAllBytes(data.resolve("besieged.bin"));
    }

    private static void awaitFirst(HonestPeer honest) {
        Await.until("first block", Duration.ofSeconds(60), () -> honest.bytes() > 0, () -> "");
    }

    private static void besiege(Vitals vitals, int seconds) {
        long end = System.nanoTime() + seconds * SECOND;
        while (System.nanoTime() < end) {
            vitals.look();
            LockSupport.parkNanos(SECOND / 2);
        }
    }

    private void judge(String command, Vitals vitals, HonestPeer honest, Besiegers besiegers, int seconds) {
        long lines = lines(log(command));
        report.add(command + ": " + seconds + " s, " + besiegers.connections() + " hostile connections; resident "
                + vitals.peakResident() + " MiB, heap " + vitals.peakHeap() + " MiB, outside of it "
                + vitals.peakDirect() + " MiB, " + vitals.peakHandles() + " handles, " + vitals.peakThreads()
                + " threads, CPU " + vitals.ticks() / 100 + " s; " + lines + " lines logged; honest "
                + honest.bytes() / 1024 / Math.max(1, seconds) + " KiB/s, " + honest.rounds() + " rounds, "
                + honest.broken() + " broken connections, longest wait " + honest.longestWait() + " s");
        promise(vitals.peakResident() <= MOST_RESIDENT, command + " stays below " + MOST_RESIDENT + " MiB");
        promise(vitals.peakHandles() <= MOST_HANDLES, command + " stays below " + MOST_HANDLES + " handles");
        promise(vitals.peakThreads() <= MOST_THREADS, command + " stays below " + MOST_THREADS + " threads");
        promise(
                lines <= MOST_LINES_PER_MINUTE * (1L + seconds / 60),
                command + " logs at most " + MOST_LINES_PER_MINUTE + " lines a minute");
        promise(honest.wrong() == 0, command + " sends nothing wrong");
        promise(
                honest.longestWait() <= LONGEST_WAIT,
                command + " lets the honest one wait for " + LONGEST_WAIT + " s at most");
    }

    /** What the crowd took is given back: connections end, and with them their handles. */
    private void everybodyIsGone(Vitals vitals) {
        long end = System.nanoTime() + 60 * SECOND;
        while (vitals.handles() > 120 && System.nanoTime() < end) {
            LockSupport.parkNanos(SECOND / 10);
        }
        promise(vitals.handles() <= 120, "handles are given back");
        report.add("afterwards: " + vitals.handles() + " handles");
    }

    private void promise(boolean kept, String what) {
        if (!kept) {
            broken.add(what);
        }
    }

    private static long lines(Path log) {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
