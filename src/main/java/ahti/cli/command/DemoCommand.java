package ahti.cli.command;

import ahti.cli.env.CommandFailure;
import ahti.cli.env.Env;
import ahti.cli.env.ExitCode;
import ahti.cli.options.SeedGoal;
import ahti.cli.session.Rules;
import ahti.cli.session.SeedSystem;
import ahti.config.Configuration;
import ahti.core.ByteCount;
import ahti.core.Limits;
import ahti.disk.FileStore;
import ahti.disk.RealFileStore;
import ahti.disk.ScratchDirectory;
import ahti.metainfo.Metainfo;
import ahti.metainfo.MetainfoReader;
import ahti.metainfo.ReadResult;
import ahti.testkit.tracker.TrackerServer;
import ahti.torrent.TorrentSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ahti demo}: a whole swarm on this machine, and a real download from it. */
@Command(
        name = "demo",
        header = "Download from a small swarm inside this process; needs no network.",
        sortOptions = false)
final class DemoCommand implements Callable<Integer> {
    private static final int SEEDS = 2;
    private static final ByteCount SMALLEST = new ByteCount(1 << 20);
    private static final long SPARE_BYTES = 64L << 20;
    private static final Duration ENOUGH = Duration.ofMinutes(2);
    private static final Map<String, Object> ON_LOOPBACK = Map.of(
            "ahti.net.ports",
            "0",
            "ahti.net.bind",
            List.of("127.0.0.1"),
            "ahti.dht.enabled",
            false,
            "ahti.discovery.lpd",
            false);

    private final Env env;
    private final FileStore store = new RealFileStore();

    @Option(names = "--size", paramLabel = "SIZE", description = "How much to download. Default: 256M.")
    ByteCount size = new ByteCount(256L << 20);

    @Option(names = "--keep", paramLabel = "DIR", description = "Work in DIR and leave everything there.")
    Optional<String> keep = Optional.empty();

    @Mixin
    EngineOptions engine = new EngineOptions();

    @Mixin
    HelpOption help = new HelpOption();

    DemoCommand(Env env) {
        this.env = env;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (size.compareTo(SMALLEST) < 0) {
            throw new CommandFailure(ExitCode.BAD_OPTION, "--size: at least " + SMALLEST);
        }
        // Before the first actor system: until it is told otherwise, the log goes to standard output.
        engine.beginLog(env, env.stderr()::println);
        try {
            if (keep.isPresent()) {
                Path directory = env.path(keep.get());
                store.makeDirectory(directory);
                return in(directory);
            }
            try (ScratchDirectory scratch = ScratchDirectory.make("ahti-demo-")) {
                env.machine().exit().before(() -> removeQuietly(scratch));
                return in(scratch.path());
            }
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.DISK, "the demonstration needs a place to write: " + e.getMessage());
        }
    }

    private int in(Path directory) throws IOException, InterruptedException {
        long free = store.usableSpace(directory);
        if ((free - SPARE_BYTES) / 2 < size.bytes()) {
            throw new CommandFailure(
                    ExitCode.DISK_FULL,
                    "the demonstration needs twice " + size + ", and " + directory + " has "
                            + new ByteCount(Math.max(0, free))
                            + ": choose a smaller --size, or another place with --keep");
        }
        DemoPayload payload = new DemoPayload(store, directory.resolve("seed"), size.bytes());
        say("making " + size + " in " + payload.parts().size() + " files in " + directory);
        payload.write();
        try (TrackerServer tracker = TrackerServer.start()) {
            return download(directory, payload, tracker);
        }
    }

    private int download(Path directory, DemoPayload payload, TrackerServer tracker)
            throws IOException, InterruptedException {
        Metainfo metainfo = torrent(payload, tracker);
        say("sharing it from " + SEEDS + " engines, through a tracker at " + tracker.url());
        Configuration configuration = engine.settings.load(env, ON_LOOPBACK);
        Path target = directory.resolve("download");
        SeedSystem seeds = SeedSystem.start(
                env,
                configuration,
                SEEDS,
                spec(metainfo, payload.directory(), true),
                () -> tracker.announces() >= SEEDS);
        try {
            say("downloading it, as 'ahti get' does");
            Rules rules = new Rules(
                    Optional.of(ENOUGH), Optional.of(ENOUGH), Optional.empty(), SeedGoal.None.NONE, false, false);
            int code = new Transfer(env, engine, Transfer.PathOutput.NEVER, Optional.empty())
                    .run(spec(metainfo, target, false), rules, ON_LOOPBACK);
            return code == ExitCode.OK.code() ? compared(payload, target) : code;
        } finally {
            seeds.stop();
        }
    }

    private Metainfo torrent(DemoPayload payload, TrackerServer tracker) throws InterruptedException {
        TorrentMaker maker = new TorrentMaker(env, Limits.DEFAULT, store, engine.quiet || engine.json);
        byte[] torrent = maker.make(
                payload.directory().resolve(DemoPayload.NAME),
                TorrentMaker.Wishes.plain(List.of(List.of(tracker.url()))));
        if (MetainfoReader.read(torrent, Limits.DEFAULT) instanceof ReadResult.Ok ok) {
            return ok.metainfo();
        }
        throw new IllegalStateException("our own torrent cannot be read");
    }

    private static TorrentSpec spec(Metainfo metainfo, Path directory, boolean seedOnly) {
        return new TorrentSpec(
                metainfo, directory, Set.of(), false, false, seedOnly, List.of(), List.of(), true, Optional.empty());
    }

    private int compared(DemoPayload payload, Path target) throws IOException {
        if (!payload.isEqualIn(target)) {
            throw new CommandFailure(ExitCode.VERIFY_FAILED, "the download differs from what was shared");
        }
        say("compared " + payload.parts().size() + " files with what was shared: every byte of " + size + " is equal");
        return ExitCode.OK.code();
    }

    private void say(String sentence) {
        if (!engine.quiet && !engine.json) {
            env.stderr().println(sentence);
        }
    }

    private static void removeQuietly(ScratchDirectory scratch) {
        try {
            scratch.close();
        } catch (IOException e) {
            // The process is ending, and the system clears its temporary directory itself.
            return;
        }
    }
}
